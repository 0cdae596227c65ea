using Checkout.Orders;
using Microsoft.Extensions.Options;

namespace Checkout.Payments;

/// <summary>Stands in for a payment provider: it agrees to everything, usually soon, sometimes late.</summary>
internal sealed partial class PaymentProvider(IOptions<PaymentOptions> options, TimeProvider time, ILogger<PaymentProvider> logger)
{
    private const int PriceCents = 350;

    /// <summary>Asks for a payment. Cancelling it leaves nothing behind: like real providers it books only what is confirmed.</summary>
    public async Task<Payment> AuthoriseAsync(string orderId, NewOrder order, CancellationToken cancellationToken)
    {
        LogAsked(orderId);
        await Task.Delay(AnswerTime(Random.Shared.NextDouble()), time, cancellationToken);
        return new Payment($"pay_{Guid.NewGuid():N}", order.Quantity * PriceCents);
    }

    /// <summary>Takes the money that was authorised. Safe to repeat: providers know a payment by its id, and take it once.</summary>
    public async Task CaptureAsync(string orderId, string paymentId, CancellationToken cancellationToken)
    {
        LogCapturing(orderId, paymentId);
        await Task.Delay(AnswerTime(Random.Shared.NextDouble()), time, cancellationToken);
    }

    /// <summary>A Pareto distribution, as answer times tend to have: 94 % within 16 times the fastest, 1 in 300 at the slowest.</summary>
    /// <param name="luck">From 0 to just below 1; higher is slower.</param>
    internal TimeSpan AnswerTime(double luck)
    {
        TimeSpan answer = options.Value.Fastest / (1 - luck);
        return answer < options.Value.Slowest ? answer : options.Value.Slowest;
    }

    [LoggerMessage(EventId = 40, Level = LogLevel.Debug, Message = "Order {OrderId}: asked the payment provider.")]
    private partial void LogAsked(string orderId);

    [LoggerMessage(EventId = 41, Level = LogLevel.Debug, Message = "Order {OrderId}: asked for the money of payment {PaymentId}.")]
    private partial void LogCapturing(string orderId, string paymentId);
}
