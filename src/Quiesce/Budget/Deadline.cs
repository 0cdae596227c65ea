namespace Quiesce;

/// <summary>The one clock of a shutdown: everything is measured from the signal, nothing gets a fresh timeout.</summary>
/// <remarks>Immutable and thread-safe. Uses timestamps, never wall-clock time: a clock that jumps moves nothing.</remarks>
internal sealed class Deadline(TimeProvider time, ShutdownBudget budget, long signalledAt)
{
    public ShutdownBudget Budget => budget;

    public TimeProvider Time => time;

    public TimeSpan Elapsed => time.GetElapsedTime(signalledAt);

    /// <summary>What is left until <paramref name="instant"/> (measured from the signal); never negative.</summary>
    public TimeSpan Until(TimeSpan instant)
    {
        TimeSpan left = instant - Elapsed;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Completes at <paramref name="instant"/> (measured from the signal), or is cancelled.</summary>
    public Task WaitUntilAsync(TimeSpan instant, CancellationToken cancellationToken) =>
        Task.Delay(Until(instant), time, cancellationToken);
}
