namespace Checkout;

/// <summary>What an instance does: the values of <c>--role</c>.</summary>
internal enum Role
{
    /// <summary>Takes orders.</summary>
    Web,

    /// <summary>Takes the payments of orders that others have taken, from the queue.</summary>
    Worker,
}
