using System.Collections.Immutable;
using Callback = System.Func<Quiesce.ShutdownContext, System.Threading.CancellationToken, System.Threading.Tasks.Task>;

namespace Quiesce;

/// <summary>A participant made of single callbacks. Several hooks with one name and different phases are one participant.</summary>
/// <remarks>Hooks may join while a shutdown reads: each addition replaces the whole, so that a reader sees the old or the new.
/// Additions are made under the registry's lock.</remarks>
internal sealed class HookParticipant(string name) : IPartialParticipant
{
    private volatile ImmutableDictionary<ShutdownPhase, Callback> _callbacks = ImmutableDictionary<ShutdownPhase, Callback>.Empty;
    private volatile string[] _uses = [];

    public string Name => name;

    public IReadOnlyCollection<string> Uses => _uses;

    /// <summary>Adds a callback, unless the phase has one.</summary>
    public bool TryAdd(ShutdownPhase phase, Callback callback, IEnumerable<string> uses)
    {
        if (_callbacks.ContainsKey(phase)) { return false; }

        _uses = [.. _uses, .. uses];
        _callbacks = _callbacks.Add(phase, callback);
        return true;
    }

    public Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken) => RunAsync(context, cancellationToken);

    public Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken) => RunAsync(context, cancellationToken);

    public Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken) => RunAsync(context, cancellationToken);

    public bool Has(ShutdownPhase phase) => _callbacks.ContainsKey(phase);

    private Task RunAsync(ShutdownContext context, CancellationToken cancellationToken) =>
        _callbacks.TryGetValue(context.Phase, out Callback? callback) ? callback(context, cancellationToken) : Task.CompletedTask;
}
