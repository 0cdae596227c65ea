namespace Checkout.Postgres;

/// <summary>What one instance does for all of them.</summary>
internal interface ILeading
{
    /// <summary>Gets the name, for people and for the lock.</summary>
    string Name { get; }

    /// <summary>Does it, as long as this instance leads.</summary>
    /// <param name="ending">Asks to come to an end: the leadership is lost, or nobody here has anything more to be done.</param>
    Task LeadAsync(CancellationToken ending);
}
