using System.Runtime.ExceptionServices;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Quiesce.OpenTelemetry;

/// <summary>Has a provider export everything and end, once.</summary>
internal sealed class ProviderShutdown
{
    private readonly Func<int, bool> _shutDown;

    /// <exception cref="ArgumentException">Nobody can shut the provider down.</exception>
    public ProviderShutdown(BaseProvider provider) => (Kind, _shutDown) = Of(provider);

    /// <summary>Gets what the provider exports.</summary>
    public string Kind { get; }

    /// <exception cref="TimeoutException">Not everything was exported in time.</exception>
    public async Task RunAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        // A thread of its own: it blocks, and for longer than it was told if an exporter does not listen.
        // Never 0: a provider that is given no time at all says that all is well, whatever is still queued.
        int limit = Math.Max(1, (int)context.Remaining.TotalMilliseconds);
        Task<Exception?> running = OwnThread.RunAsync("Quiesce shuts OpenTelemetry down", () =>
        {
            if (!_shutDown(limit)) { throw NotInTime(); }
        });
        if (await EndAsync(running, cancellationToken).ConfigureAwait(false) is not { } error) { return; }

        context.Note("not everything was exported in time: what was still queued is lost");
        ExceptionDispatchInfo.Throw(error);
    }

    private static async Task<Exception?> EndAsync(Task<Exception?> running, CancellationToken cancellationToken)
    {
        try { return await running.WaitAsync(cancellationToken).ConfigureAwait(false); }
        catch (OperationCanceledException) { return NotInTime(); }
    }

    private static TimeoutException NotInTime() => new("did not export everything in time");

    private static (string Kind, Func<int, bool> ShutDown) Of(BaseProvider provider) => provider switch
    {
        TracerProvider traces => ("traces", traces.Shutdown),
        MeterProvider metrics => ("metrics", metrics.Shutdown),
        LoggerProvider logs => ("logs", logs.Shutdown),
        _ => throw new ArgumentException($"A {provider.GetType().Name} provides neither traces nor metrics nor logs.", nameof(provider)),
    };
}
