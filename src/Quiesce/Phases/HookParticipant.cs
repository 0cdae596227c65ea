namespace Quiesce;

/// <summary>A participant made of single callbacks. Several hooks with one name and different phases are one participant.</summary>
internal sealed class HookParticipant(string name) : IShutdownParticipant
{
    private readonly Dictionary<ShutdownPhase, Func<ShutdownContext, CancellationToken, Task>> _callbacks = [];
    private readonly List<string> _uses = [];

    public string Name => name;

    public IReadOnlyCollection<string> Uses => _uses;

    public bool TryAdd(ShutdownPhase phase, Func<ShutdownContext, CancellationToken, Task> callback, IEnumerable<string> uses)
    {
        _uses.AddRange(uses);
        return _callbacks.TryAdd(phase, callback);
    }

    public Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken) => RunAsync(context, cancellationToken);

    public Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken) => RunAsync(context, cancellationToken);

    public Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken) => RunAsync(context, cancellationToken);

    public bool Has(ShutdownPhase phase) => _callbacks.ContainsKey(phase);

    private Task RunAsync(ShutdownContext context, CancellationToken cancellationToken) =>
        _callbacks.TryGetValue(context.Phase, out Func<ShutdownContext, CancellationToken, Task>? callback)
            ? callback(context, cancellationToken)
            : Task.CompletedTask;
}
