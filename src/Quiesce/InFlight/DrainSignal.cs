namespace Quiesce;

/// <summary>Completes when each of some gates has drained: in the call that drains the last one, so that no pool thread is needed for it.</summary>
internal sealed class DrainSignal(int gates)
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = gates;

    public Task Drained => _drained.Task;

    /// <summary>Called once by each gate.</summary>
    public void OnDrained()
    {
        if (Interlocked.Decrement(ref _open) == 0) { _drained.TrySetResult(); }
    }
}
