using System.Buffers;

namespace Checkout.Orders;

/// <summary>The idempotency key of an order, which is its id as well.</summary>
internal static class OrderKey
{
    private const int Longest = 64;

    // Neither white space nor a line end: keys are written to line-based files and into paths.
    private static readonly SearchValues<char> _allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public const string Rule = "Send an Idempotency-Key of 1 to 64 letters, digits, '.', '_' or '-': it makes a repeated order safe.";

    public static bool IsValid(string? key) => key is { Length: > 0 and <= Longest } && !key.AsSpan().ContainsAnyExcept(_allowed);
}
