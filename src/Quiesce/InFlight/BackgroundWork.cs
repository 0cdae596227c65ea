using Microsoft.Extensions.Logging;

namespace Quiesce;

/// <summary>Work that somebody begins and does not wait for: counted, named, its exceptions seen.</summary>
internal static partial class BackgroundWork
{
    /// <summary>Starts it, unless the shutdown would not wait for it.</summary>
    /// <param name="coordinator">Who waits for it.</param>
    /// <param name="kind">What it is, for people.</param>
    /// <param name="parent">The unit that begins it, or a lease of nothing.</param>
    /// <param name="work">The work.</param>
    /// <param name="stop">Ending because of this token is no failure.</param>
    /// <returns><see langword="false"/>: nothing was started.</returns>
    public static bool TryStart(ShutdownCoordinator coordinator, string kind, WorkLease parent, Func<Task> work, CancellationToken stop)
    {
        if (!coordinator.Work.TryBegin(kind, parent, out WorkLease lease)) { return false; }

        // The caller's ambient state (its activity, its user, its culture) belongs to the caller and may be reused after it.
        using (ExecutionContext.SuppressFlow()) { _ = Task.Run(() => RunAsync(coordinator.Logger, kind, lease, work, stop), CancellationToken.None); }

        return true;
    }

    private static async Task RunAsync(ILogger logger, string kind, WorkLease lease, Func<Task> work, CancellationToken stop)
    {
        using (lease)
        {
            try { await work().ConfigureAwait(false); }
            catch (OperationCanceledException) when (stop.IsCancellationRequested) { return; } // the report names what the deadline caught
            catch (Exception error) { Log.Failed(logger, error, kind); }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.TrackedWorkFailed, LogLevel.Error, "'{Kind}', which nobody waits for, failed.")]
        public static partial void Failed(ILogger logger, Exception error, string kind);
    }
}
