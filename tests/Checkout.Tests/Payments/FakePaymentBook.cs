using Checkout.Payments;

namespace Checkout.Tests.Payments;

internal sealed class FakePaymentBook : IPaymentBook
{
    public List<PaymentRequest> Entered { get; } = [];

    /// <summary>Gets or sets what entering a payment throws.</summary>
    public Exception? Failure { get; set; }

    public Task<bool> TryEnterAsync(PaymentRequest request, CancellationToken cancellationToken)
    {
        if (Failure is not null) { return Task.FromException<bool>(Failure); }
        if (Entered.Exists(entered => entered.Order.Id == request.Order.Id)) { return Task.FromResult(false); }

        Entered.Add(request);
        return Task.FromResult(true);
    }
}
