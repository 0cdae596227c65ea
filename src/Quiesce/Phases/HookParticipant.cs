using System.Collections.Immutable;

namespace Quiesce;

/// <summary>A participant made of single callbacks. Several hooks with one name and different phases are one participant.</summary>
/// <remarks>Hooks may join while a shutdown reads: each addition replaces the whole, so that a reader sees the old or the new.
/// Additions are made under the registry's lock.</remarks>
internal sealed class HookParticipant(string name) : IPartialParticipant
{
    private volatile ImmutableDictionary<ShutdownPhase, Hook> _hooks = ImmutableDictionary<ShutdownPhase, Hook>.Empty;
    private volatile string[] _uses = [];

    public string Name => name;

    public IReadOnlyCollection<string> Uses => _uses;

    /// <summary>Adds a hook, unless the phase has one.</summary>
    public bool TryAdd(ShutdownPhase phase, Hook hook, IEnumerable<string> uses)
    {
        if (_hooks.ContainsKey(phase)) { return false; }

        _uses = [.. _uses, .. uses];
        _hooks = _hooks.Add(phase, hook);
        return true;
    }

    public TimeSpan? LimitOf(ShutdownPhase phase) => In(phase)?.Limit;

    public Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken) => RunAsync(context, cancellationToken);

    public Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken) => RunAsync(context, cancellationToken);

    public Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken) => RunAsync(context, cancellationToken);

    /// <summary>Flushes or closes what the report was written into. Only hooks have a part in Exit.</summary>
    public Task ExitAsync(ShutdownContext context, CancellationToken cancellationToken) => RunAsync(context, cancellationToken);

    public bool Has(ShutdownPhase phase) => _hooks.ContainsKey(phase);

    /// <summary>Returns the hook of a phase; <see langword="null"/> if there is none.</summary>
    public Hook? In(ShutdownPhase phase) => _hooks.GetValueOrDefault(phase);

    private Task RunAsync(ShutdownContext context, CancellationToken cancellationToken) =>
        In(context.Phase)?.Callback(context, cancellationToken) ?? Task.CompletedTask;
}
