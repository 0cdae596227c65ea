using Microsoft.Extensions.Logging;

namespace Quiesce.AspNetCore.Connections;

/// <summary>Ends the HTTP/1.1 connections on which nothing is in flight, one after the other, each after a last look. The server's own stop closes
/// all of them at once, and resets requests that have just arrived.</summary>
/// <remarks>
/// 1. Everybody's turn comes within the spread, the oldest first. 2. Who has bytes to read is about to be served and told to close; who has only
/// just connected is not silent yet: both are looked at again. 3. Half-sent requests have a moment to become whole. What a client sends in the
/// instant of the close, or while the close is under way to it, is lost: that is the residual risk, and no server can take it away.
/// </remarks>
internal sealed partial class SilentConnections(ConnectionSet connections, AnnounceOptions options, Deadline deadline, ILogger logger)
{
    private TrackedConnection[] _overdue = []; // written before ResetHalfSent

    /// <summary>Closes them. Completes when they are gone, or when nothing more is to be waited for.</summary>
    public async Task CloseAsync(CancellationToken hurry)
    {
        TrackedConnection[] silent = [.. connections.Snapshot()
            .Where(static connection => connection.EndsWithAnAnswer)
            .OrderBy(static connection => connection.AcceptedAt)];
        if (silent.Length == 0) { return; }

        TimeSpan spread = Turn.SpreadOf(silent.Length, options.Linger, deadline.Until(deadline.Budget.Cut), LingerDefaults.MostSpread);
        Log.Closing(logger, silent.Length, spread.TotalSeconds);
        Task gone = ConnectionSet.GoneAsync(silent);
        await LookAgainAsync(await TakeTurnsAsync(silent, spread, gone, hurry), hurry);
        bool allGone = await GoneByAsync(gone, deadline.Elapsed + LingerDefaults.RestOfARequest, hurry);
        if (!allGone && !hurry.IsCancellationRequested) { _overdue = silent; }
    }

    /// <summary>When no request is admitted any more: resets those that were asked to close, have not, and are not about to read their answer.</summary>
    /// <remarks>The kernel keeps real time, and between two parts of an answer it has nothing to send: hence the system's clock, and looking several times.</remarks>
    public async Task ResetHalfSentAsync(CancellationToken hurry)
    {
        List<TrackedConnection> left = [.. _overdue];
        for (int look = 0; look < LingerDefaults.Looks && !hurry.IsCancellationRequested; look++)
        {
            left.RemoveAll(static connection => connection is not { IsOpen: true, EndsWithAnAnswer: true, HasSpoken: false, HasUnsent: false });
            if (left.Count == 0) { return; }

            await Task.Delay(LingerDefaults.Look, TimeProvider.System, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        foreach (TrackedConnection halfSent in left) { halfSent.Reset(); }
    }

    /// <summary>Closes each at its turn. Returns those that are not to be closed yet.</summary>
    private async Task<List<TrackedConnection>> TakeTurnsAsync(TrackedConnection[] silent, TimeSpan spread, Task gone, CancellationToken hurry)
    {
        TimeSpan beganAt = deadline.Elapsed;
        List<TrackedConnection> later = [];
        foreach (Turn turn in Turn.Of(silent.Length, spread))
        {
            // First the wait: that is the linger, in which clients that speak are served and told to close.
            if (spread >= Turn.Shortest && await GoneByAsync(gone, beganAt + turn.End, hurry)) { return []; }

            foreach (TrackedConnection connection in silent.AsSpan(turn.Members))
            {
                if (!TryClose(connection)) { later.Add(connection); }
            }
        }

        return later;
    }

    /// <remarks>Nobody says when bytes have been read: hence looking again and again, for as long as anybody may still be young.</remarks>
    private async Task LookAgainAsync(List<TrackedConnection> later, CancellationToken hurry)
    {
        TimeSpan end = deadline.Elapsed + LingerDefaults.Youth;
        Task gone = ConnectionSet.GoneAsync(later);
        while (later.Count > 0 && deadline.Elapsed < end && !hurry.IsCancellationRequested)
        {
            if (await GoneByAsync(gone, deadline.Elapsed + LingerDefaults.Pause, hurry)) { return; }

            later.RemoveAll(TryClose);
        }
    }

    /// <summary>Waits until all are gone, or for <paramref name="instant"/>; not at all in a hurry.</summary>
    private async Task<bool> GoneByAsync(Task gone, TimeSpan instant, CancellationToken hurry)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(hurry);
        await Task.WhenAny(gone, deadline.WaitUntilAsync(instant, over.Token));
        await over.CancelAsync();
        return gone.IsCompleted;
    }

    private bool TryClose(TrackedConnection connection)
    {
        if (connection.HasUnread || deadline.Time.GetElapsedTime(connection.AcceptedAt) < LingerDefaults.Youth) { return false; }

        connection.RequestClose();
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.SilentClosed, LogLevel.Information,
            "Silent HTTP/1.1 connections, closed one by one over {Spread} s: {Count}. Those that speak meanwhile are served.")]
        public static partial void Closing(ILogger logger, int count, double spread);
    }
}
