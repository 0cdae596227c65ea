namespace Quiesce.AspNetCore.LongLived;

/// <summary>A way to end a connection in the words of its protocol, so that the client knows that it may come back elsewhere.</summary>
internal interface IFarewell
{
    /// <summary>Says it, at most once. Never throws; completes when it is said, or cannot be said any more.</summary>
    Task SayAsync();
}
