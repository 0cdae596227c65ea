using System.Text.Json;
using Checkout.Audit;
using Checkout.RabbitMq;

namespace Checkout.Payments;

/// <summary>Takes the payment of one order: at the provider, in the book, in the audit log. Then the message may be acknowledged.</summary>
/// <remarks>
/// At least once: the broker delivers a message again whose acknowledgement it has not seen. The provider and the book know an order
/// that was paid. The audit line comes after the commit, by the one that has entered the payment; it says what is so, and never what is
/// rolled back.
/// </remarks>
internal sealed partial class PaymentHandler(PaymentProvider provider, IPaymentBook book, IAuditTrail audit, ILogger<PaymentHandler> logger)
    : IMessageHandler
{
    public async Task HandleAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (TryRead(body) is not { } request) { return; }

        await provider.CaptureAsync(request.Order.Id, request.Order.PaymentId, cancellationToken);
        if (!await book.TryEnterAsync(request, cancellationToken))
        {
            LogKnown(request.Order.Id);
            return;
        }

        audit.Write(request.Order);
        LogPaid(request.Order.Id);
    }

    /// <summary>A message that nobody can read is acknowledged like one that is done: delivered again, it would come for ever.</summary>
    private PaymentRequest? TryRead(ReadOnlyMemory<byte> body)
    {
        try
        {
            return PaymentRequest.Read(body);
        }
        catch (JsonException error)
        {
            LogUnreadable(body.Length, error);
            return null;
        }
    }

    [LoggerMessage(EventId = 50, Level = LogLevel.Information, Message = "Order {OrderId} was delivered again; its payment had been taken.")]
    private partial void LogKnown(string orderId);

    [LoggerMessage(EventId = 52, Level = LogLevel.Debug, Message = "Order {OrderId}: paid.")]
    private partial void LogPaid(string orderId);

    [LoggerMessage(EventId = 51, Level = LogLevel.Error, Message =
        "A message of {Length} bytes is no payment request; it is dropped. Find out who else publishes to this queue.")]
    private partial void LogUnreadable(int length, Exception exception);
}
