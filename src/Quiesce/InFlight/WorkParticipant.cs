namespace Quiesce;

/// <summary>The units of a <see cref="WorkTracker"/> as a participant: they may use everything, so they drain before everybody else.</summary>
internal sealed class WorkParticipant(WorkTracker work) : IPartialParticipant
{
    public const string ParticipantName = "work in flight";

    public string Name => ParticipantName;

    public IReadOnlyCollection<string> Uses { get; } = [ParticipantUses.Everything];

    public bool Has(ShutdownPhase phase) => phase == ShutdownPhase.Drain;

    public async Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        // The token only says that the cut has come: the units were cancelled through Aborting and are awaited here, for as
        // long as the step's patience lasts.
        await work.Drained.ConfigureAwait(false);
    }
}
