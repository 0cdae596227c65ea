namespace Quiesce.AspNetCore.LongLived;

/// <summary>A way to end a connection in the words of its protocol, so that the client knows that it may come back elsewhere.</summary>
internal interface IFarewell
{
    /// <summary>Whether it waits for the work on its connection by itself: it is then told at its turn, whoever else asked for the good-bye.</summary>
    bool WaitsForWork => false;

    /// <summary>Whether an end would now cost work that has begun.</summary>
    bool IsBusy => false;

    /// <summary>Says it, at most once. Never throws; completes when it is said, or cannot be said any more.</summary>
    Task SayAsync();

    /// <summary>Says it although not everything has ended that could have. The same otherwise.</summary>
    Task InsistAsync() => SayAsync();
}
