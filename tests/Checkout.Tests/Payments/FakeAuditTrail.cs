using Checkout.Audit;
using Checkout.Orders;

namespace Checkout.Tests.Payments;

internal sealed class FakeAuditTrail : IAuditTrail
{
    public List<Order> Written { get; } = [];

    public void Write(Order order) => Written.Add(order);
}
