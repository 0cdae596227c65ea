namespace Quiesce;

/// <content>The end of a unit, and of its hand-back.</content>
public sealed partial class WorkTracker
{
    internal void End(WorkSlot slot, WorkLease lease)
    {
        // The slot, and the entry that keeps the tracker from draining, are given back when the unit is: then it has really ended.
        if (_handBacks?.OnEnded(lease, slot) is { } handBack) { _ = LeaveAfterAsync(handBack, slot); }
        else { Leave(slot); }
    }

    private async Task LeaveAfterAsync(Task handBack, WorkSlot slot)
    {
        await handBack.ConfigureAwait(false);
        Leave(slot);
    }

    private void Leave(WorkSlot slot)
    {
        InFlightGate gate = slot.IsLongLived ? _longLived : slot.Home.Gate;
        slot.Home.Return(slot);
        gate.Exit();
        SayIdle();
    }
}
