namespace Quiesce;

/// <summary>Who has a part in the shutdown, in order of registration.</summary>
/// <remarks>Thread-safe. Participants may join until the phase they have a part in has begun.</remarks>
internal sealed class ParticipantRegistry
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<IShutdownParticipant> _participants = [];
    private readonly Dictionary<string, IShutdownParticipant> _byName = new(StringComparer.OrdinalIgnoreCase);

    public void Add(IShutdownParticipant participant)
    {
        ArgumentNullException.ThrowIfNull(participant);
        string name = Named(participant.Name);
        lock (_lock)
        {
            if (!_byName.TryAdd(name, participant)) { throw Twice(name); }

            _participants.Add(participant);
        }
    }

    public bool Remove(IShutdownParticipant participant)
    {
        lock (_lock) { return _participants.Remove(participant) && _byName.Remove(participant.Name); }
    }

    public void AddHook(string name, ShutdownPhase phase, Hook hook, IEnumerable<string> uses)
    {
        Named(name);
        if (phase is not (ShutdownPhase.StopAccepting or ShutdownPhase.Drain or ShutdownPhase.Release or ShutdownPhase.Exit))
        {
            throw new ArgumentOutOfRangeException(
                nameof(phase), phase, $"Hook '{name}': a hook runs in StopAccepting, Drain, Release or Exit.");
        }

        if (phase == ShutdownPhase.Exit) { CheckExit(name, hook, uses); }

        if (hook.Limit <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(hook), hook.Limit, $"Hook '{name}': its limit must be more than zero.");
        }

        lock (_lock)
        {
            bool isNew = !_byName.TryGetValue(name, out IShutdownParticipant? known);
            IShutdownParticipant participant = known ?? new HookParticipant(name);
            if (participant is not HookParticipant hooks || !hooks.TryAdd(phase, hook, uses)) { throw Twice(name); }

            if (isNew)
            {
                _byName.Add(name, hooks);
                _participants.Add(hooks);
            }
        }
    }

    public IReadOnlyList<IShutdownParticipant> Snapshot()
    {
        lock (_lock) { return [.. _participants]; }
    }

    /// <summary>Whoever asks for a limit or an order expects to get it; in Exit there is neither.</summary>
    private static void CheckExit(string name, Hook hook, IEnumerable<string> uses)
    {
        if (hook.Limit is not null)
        {
            throw new ArgumentException(
                $"Hook '{name}': a hook in Exit has no limit of its own. All of them run side by side in one share, as long as ReleaseReserve. Leave the limit out.",
                nameof(hook));
        }

        if (uses.Any())
        {
            throw new ArgumentException(
                $"Hook '{name}': hooks in Exit run side by side, so that it cannot use '{string.Join("', '", uses)}'. Leave that out, or run it in Release.", nameof(uses));
        }
    }

    private static string Named(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) { throw new ShutdownConfigurationException(["A participant has no name. Name it: reports and relations need it."]); }

        return name is not (ParticipantUses.Everything or ParticipantUses.Nothing)
            ? name
            : throw new ShutdownConfigurationException([$"'{name}' is no name for a participant: in Uses it stands for all of them, or for none."]);
    }

    private static ShutdownConfigurationException Twice(string name) =>
        new([$"'{name}' is registered twice. Give each participant, and each hook of a phase, a name of its own."]);
}
