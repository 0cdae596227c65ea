using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quiesce.AspNetCore.Announcing;
using Quiesce.AspNetCore.Connections;
using Quiesce.AspNetCore.Listeners;
using Quiesce.AspNetCore.LongLived;
using Quiesce.AspNetCore.Requests;

namespace Quiesce.AspNetCore.Server;

/// <summary>The web server's part: announce, close, drain.</summary>
internal sealed partial class WebServerParticipant(
    IServiceProvider services, ListenerSet listeners, ConnectionSet connections, RequestTracker requests, Announce announce, ILoggerFactory loggers) : IAnnouncer, ITellsHow
{
    private readonly ILogger _logger = loggers.CreateLogger("Quiesce");
    private Task _othersHaveStopped = Task.CompletedTask; // written before our part begins

    public string Name => "web server";

    /// <summary>Gets everything: requests may use whatever there is. The other work is named because requests begin it.</summary>
    public IReadOnlyCollection<string> Uses { get; } = [WorkParticipant.ParticipantName, ParticipantUses.Everything];

    public bool Has(ShutdownPhase phase) => phase is ShutdownPhase.StopAccepting or ShutdownPhase.Drain;

    public string? HowIn(ShutdownPhase phase) =>
        phase == ShutdownPhase.StopAccepting && listeners.PlannedWays is { Count: > 0 } ways ? "listeners: " + Describe(ways) : null;

    public void ServeUntil(Task othersHaveStopped) => _othersHaveStopped = othersHaveStopped;

    public async Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        // A host that somebody else stops closes its server itself, at once.
        if (context.Reason.Trigger == ShutdownTrigger.HostStopped)
        {
            if (listeners.PlannedWays.Count > 0) { context.Note("no announce: the host was stopped by its own code, and the server with it"); }

            return;
        }

        await announce.RunAsync(context, cancellationToken);
        if (!_othersHaveStopped.IsCompleted && !context.Reason.PersonIsWaiting)
        {
            Log.ServesOn(_logger);
            await _othersHaveStopped.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        IReadOnlyList<CloseWay> ways = await listeners.CloseAsync(cancellationToken);
        connections.SendHttp2Away();
        if (ways.Contains(CloseWay.Hurried)) { context.Note("a listener was closed before its queue was empty; connections may have been reset"); }

        string way = ways.Count > 0 ? Describe(ways) : "this server has none";
        Log.ListenersClosed(_logger, ways.Count, way, requests.Requests.InFlight);
    }

    public async Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        // Beside the drain of the requests, which does not wait for it.
        GracefulShutdownOptions shutdown = services.GetRequiredService<IOptions<GracefulShutdownOptions>>().Value;
        Task farewell = new Farewell(requests.LongLived, shutdown.LongLived, context.Deadline, _logger).RunAsync();
        if (context.Reason.Trigger == ShutdownTrigger.HostStopped)
        {
            // Its server closes what is silent itself.
            await requests.DrainAsync(requests.LongLived.Released, static () => Task.CompletedTask, cancellationToken);
            return;
        }

        CancellationToken stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        stopping.Register(() => new ServerStop(services, context.Deadline, farewell).Begin());
        var silent = new SilentConnections(connections, shutdown.Announce, context.Deadline, _logger);
        await requests.DrainAsync(
            requests.LongLived.Released,
            () => Task.WhenAll(silent.CloseAsync(cancellationToken), connections.Http2GoneAsync(cancellationToken)),
            cancellationToken);
        await silent.ResetHalfSentAsync(cancellationToken);
    }

    private static string Describe(IReadOnlyList<CloseWay> ways) => string.Join("; ", ways.Distinct().Select(Describe));

    private static string Describe(CloseWay way) => way switch
    {
        CloseWay.Gated => "new connections kept out, queue emptied",
        CloseWay.Drained => "queue emptied",
        CloseWay.Hurried => "in a hurry",
        _ => "at once",
    };

    private static partial class Log
    {
        [LoggerMessage(LogEvents.ServesOn, LogLevel.Information,
            "Serving on until every other source has stopped: a hook of StopAccepting may still be taking this instance out of a registry.")]
        public static partial void ServesOn(ILogger logger);

        [LoggerMessage(LogEvents.ListenersClosed, LogLevel.Information,
            "Listeners closed: {Count} ({Way}). Connections that exist are served on; requests in flight: {InFlight}.")]
        public static partial void ListenersClosed(ILogger logger, int count, string way, int inFlight);
    }
}
