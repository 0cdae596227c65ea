namespace Quiesce.Tests.Fixtures;

/// <summary>A participant whose steps the test holds, releases and breaks.</summary>
internal sealed class Probe(string name, params string[] uses) : IShutdownParticipant
{
    public string Name => name;

    public IReadOnlyCollection<string> Uses => uses;

    /// <summary>Gets what it says about its limits.</summary>
    public Func<ShutdownPhase, TimeSpan?> Limit { get; init; } = static _ => null;

    public ProbeStep StopAccepting { get; } = new();

    public ProbeStep Drain { get; } = new();

    public ProbeStep Release { get; } = new();

    public TimeSpan? LimitOf(ShutdownPhase phase) => Limit(phase);

    public Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken) => StopAccepting.RunAsync(context, cancellationToken);

    public Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken) => Drain.RunAsync(context, cancellationToken);

    public Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken) => Release.RunAsync(context, cancellationToken);
}
