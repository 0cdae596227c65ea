namespace Checkout.Payments;

/// <summary>The payments that were taken, and the confirmations that went out with them.</summary>
internal interface IPaymentBook
{
    /// <summary>Enters a payment and its confirmation, together, unless the order is in the book.</summary>
    /// <returns>Whether this call has entered it.</returns>
    Task<bool> TryEnterAsync(PaymentRequest request, CancellationToken cancellationToken);
}
