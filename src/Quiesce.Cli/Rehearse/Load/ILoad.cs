namespace Quiesce.Cli.Rehearse.Load;

/// <summary>A running load. Disposing it stops sending, waits for what was sent, and closes every connection.</summary>
internal interface ILoad : IAsyncDisposable
{
    /// <summary>Requests sent and not yet ended.</summary>
    int InFlight { get; }

    /// <summary>Sends so many more requests at once, each on a connection of its own. They are requests like the others, and are recorded as such.</summary>
    /// <returns>Completes once half of them are on their way: what happens then, happens in the middle of the burst.</returns>
    Task BurstAsync(int count);

    /// <summary>Stops sending; completes when each request that was sent has ended (at most the client's limit later).</summary>
    Task StopAsync();

    /// <summary>Completes, if ever, with the reason why this load proves nothing.</summary>
    Task<LoadFailedException> Failed { get; }

    /// <summary>Everything that ended so far, in no particular order. A copy: safe while the load runs.</summary>
    IReadOnlyList<RequestRecord> Records { get; }

    /// <summary>How many ended in each class so far. Cheap, unlike <see cref="Records"/>.</summary>
    OutcomeTally Tally { get; }

    /// <summary>How late sends were against the schedule, as the generator measured itself.</summary>
    LoadLateness Lateness { get; }
}
