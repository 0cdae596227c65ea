using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Deployments;

namespace Quiesce.Cli.Rehearse.Ledger;

/// <summary>Waits for effects that come later than the answer, until no acknowledged one is missing or the time is over.</summary>
/// <remarks>A poll, because a ledger tells nobody. What it reads decides nothing but how long to wait: the verdict's reading comes later.</remarks>
internal sealed class Settling(LedgerReading reading, BesideServices beside, IRehearsalProgress progress, TimeProvider time)
{
    // A worker that is quick is noticed at once; one that takes minutes is not disturbed by it, nor is a database that is asked.
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(100), _longest = TimeSpan.FromSeconds(1);

    /// <summary>Returns how long it took; <see langword="null"/> if something was still missing when the time was over, or there was none.</summary>
    /// <param name="limit">A reading that has begun is finished.</param>
    /// <param name="cancellationToken">Leaves everything as it is.</param>
    /// <exception cref="QuiesceException">A beside service ended by itself.</exception>
    public async Task<TimeSpan?> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (limit == TimeSpan.Zero) { return null; }
        long startedAt = time.GetTimestamp();
        progress.Step($"waiting for effects, at most {limit.TotalSeconds} s", limit);
        for (TimeSpan interval = _first; ; interval = Shorter(interval * 2, _longest))
        {
            LedgersRead read = await reading.ReadAsync(cancellationToken);
            TimeSpan waited = time.GetElapsedTime(startedAt);
            if (read.IsSettled) { return waited; }
            if (waited >= limit) { return null; }
            progress.Phase(read.Unread.Count > 0 ? read.Unread[0] : $"{read.Missing} acknowledged, not done yet");
            await Task.Delay(Shorter(interval, limit - waited), time, cancellationToken);
            await beside.RequireRunningAsync();
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
