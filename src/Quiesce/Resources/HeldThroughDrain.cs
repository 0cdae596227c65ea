namespace Quiesce;

/// <summary>A lock, a lease or a leadership: given up when nothing is in flight any more, never before.</summary>
/// <remarks>
/// Work that was left behind may still act as the leader. Then it is not given up at all: it ends with the process, as it would after a
/// crash, and the report says so. Two leaders at a time are worse than none for a moment.
/// </remarks>
internal sealed class HeldThroughDrain(ShutdownCoordinator coordinator, string name, object held, string[] uses) : IPartialParticipant
{
    public string Name => name;

    public IReadOnlyCollection<string> Uses => uses;

    public bool Has(ShutdownPhase phase) => phase == ShutdownPhase.Release;

    public async Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        try { await coordinator.WhenIdleAsync().WaitAsync(cancellationToken).ConfigureAwait(false); }
        catch (OperationCanceledException)
        {
            context.Note($"not given up, because {StillRuns(coordinator.InFlight)}: held until the process ends");
            throw;
        }

        await OwnedResource.DisposeAsync(held).ConfigureAwait(false);
    }

    private static string StillRuns(int units) => units switch
    {
        0 => "a hand-back still runs",
        1 => $"{ReportText.Units(units)} still runs",
        _ => $"{ReportText.Units(units)} still run",
    };
}
