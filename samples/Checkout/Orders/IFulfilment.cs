namespace Checkout.Orders;

/// <summary>What remains to be done for an order once it is committed.</summary>
internal interface IFulfilment
{
    /// <summary>Sees to it. It takes no token: the order is committed, so the rest must come.</summary>
    ValueTask BeginAsync(Order order);
}
