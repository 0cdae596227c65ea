namespace Quiesce;

/// <summary>Who has a part in the shutdown, in order of registration.</summary>
/// <remarks>Thread-safe. Participants may join until the phase they have a part in has begun.</remarks>
internal sealed class ParticipantRegistry
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<IShutdownParticipant> _participants = [];

    public void Add(IShutdownParticipant participant)
    {
        ArgumentNullException.ThrowIfNull(participant);
        lock (_lock)
        {
            if (FindLocked(participant.Name) is not null) { throw Twice(participant.Name); }

            _participants.Add(participant);
        }
    }

    public void AddHook(
        string name, ShutdownPhase phase, Func<ShutdownContext, CancellationToken, Task> callback, IEnumerable<string> uses)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(callback);
        if (phase is not (ShutdownPhase.StopAccepting or ShutdownPhase.Drain or ShutdownPhase.Release))
        {
            throw new ArgumentOutOfRangeException(
                nameof(phase), phase, $"Hook '{name}': a hook runs in StopAccepting, Drain or Release.");
        }

        lock (_lock)
        {
            IShutdownParticipant? known = FindLocked(name);
            if (known is not (null or HookParticipant)) { throw Twice(name); }

            var hook = (HookParticipant?)known ?? new HookParticipant(name);
            if (!hook.TryAdd(phase, callback, uses)) { throw Twice(name); }

            if (known is null) { _participants.Add(hook); }
        }
    }

    public IReadOnlyList<IShutdownParticipant> Snapshot()
    {
        lock (_lock) { return [.. _participants]; }
    }

    private IShutdownParticipant? FindLocked(string name)
    {
        System.Diagnostics.Debug.Assert(_lock.IsHeldByCurrentThread);
        return _participants.Find(participant => ParticipantGraph.SameName(participant.Name, name));
    }

    private static ShutdownConfigurationException Twice(string name) =>
        new([$"'{name}' is registered twice. Give each participant, and each hook of a phase, a name of its own."]);
}
