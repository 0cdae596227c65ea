using Checkout.Orders;

namespace Checkout.Audit;

/// <summary>Who paid what, when: one line per order in <c>audit.log</c>.</summary>
internal interface IAuditTrail
{
    /// <summary>Adds a line. It is in memory until it is written, so somebody must look after it at the stop.</summary>
    void Write(Order order);
}
