using Checkout.Audit;
using Checkout.Confirmations;

namespace Checkout.Orders;

/// <summary>In this instance: the confirmation is queued, the audit line written. Both are in memory for a moment.</summary>
internal sealed class FulfilmentHere(ConfirmationWorker confirmations, AuditLog audit) : IFulfilment
{
    public async ValueTask BeginAsync(Order order)
    {
        await confirmations.EnqueueAsync(order.Id);
        audit.Write(order);
    }
}
