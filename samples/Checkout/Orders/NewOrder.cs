using System.Diagnostics.CodeAnalysis;

namespace Checkout.Orders;

/// <summary>The body of <c>POST /orders</c>.</summary>
internal sealed record NewOrder(string? Item, int Quantity)
{
    private const int LongestItem = 100;
    private const int MostOfOne = 1_000;

    /// <summary>Says what is wrong with it, if anything.</summary>
    public bool IsInvalid([NotNullWhen(true)] out string? problem)
    {
        problem = string.IsNullOrWhiteSpace(Item) || Item.Length > LongestItem
            ? $"'item' must have 1 to {LongestItem} characters."
            : Quantity is < 1 or > MostOfOne ? $"'quantity' is {Quantity}; use 1 to {MostOfOne}." : null;
        return problem is not null;
    }
}
