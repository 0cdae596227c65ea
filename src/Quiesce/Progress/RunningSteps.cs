using System.Collections.Concurrent;

namespace Quiesce;

/// <summary>The steps that are waited for now, and a way to hear of changes without polling.</summary>
/// <remarks>
/// Thread-safe. Whoever looks takes no lock, and whoever listens is never called: he awaits <see cref="Changed"/> on his own
/// flow, so that a terminal that blocks or a listener that throws holds up no step.
/// </remarks>
internal sealed class RunningSteps
{
    private readonly ConcurrentDictionary<RunningStep, RunningStep> _steps = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets a task that completes at the next change. Take it first and look second: a change in between is not missed then.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Copies the running steps, the longest running first. Lock-free.</summary>
    public IReadOnlyList<RunningStep> Snapshot() =>
        [.. _steps.Select(static pair => pair.Key).OrderBy(static step => step.BeganAt).ThenBy(static step => step.Name, StringComparer.Ordinal)];

    /// <summary>Notes a step until it is disposed.</summary>
    public IDisposable Begin(RunningStep step)
    {
        _steps[step] = step;
        SayChanged();
        return new Ending(this, step);
    }

    /// <summary>Tells everybody who waits that something has changed.</summary>
    public void SayChanged()
    {
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // An exchange, not a write: two changes at once must complete both sources, or a listener would wait for ever.
        Interlocked.Exchange(ref _changed, next).TrySetResult();
    }

    private sealed class Ending(RunningSteps owner, RunningStep step) : IDisposable
    {
        public void Dispose()
        {
            if (owner._steps.TryRemove(step, out _)) { owner.SayChanged(); }
        }
    }
}
