using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quiesce.AspNetCore.Connections;
using Quiesce.AspNetCore.Listeners;
using Quiesce.Hosting.Lifetime;

namespace Quiesce.AspNetCore.Announcing;

/// <summary>Goes on accepting until there is evidence that nothing new is sent to us any more, or the maximum is reached.</summary>
/// <remarks>
/// Evidence is either a silence of new connections that would be a wonder at the rate before the signal, or that every balancer that
/// checks has heard "not ready" often enough. A quiet service learns nothing from some quiet seconds and waits for the maximum.
/// </remarks>
internal sealed partial class Announce(
    ConnectionSet connections, ReadinessChecks checks, ListenerSet listeners, IHostEnvironment environment, IEnumerable<IPassiveReason> passive, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("Quiesce");

    /// <summary>Completes when the listeners may be closed.</summary>
    public async Task RunAsync(ShutdownContext context, CancellationToken skip)
    {
        TimeSpan maximum = context.Deadline.Budget.Announce;
        ConnectionRate rate = connections.Rate();
        if (WhyNone(context, maximum, rate) is { } why)
        {
            context.Note($"no announce: {why}");
            return;
        }

        TimeSpan silence = AnnounceDefaults.SilenceAt(rate.PerSecond);
        Log.Began(_logger, maximum.TotalSeconds, rate.PerSecond, Until(silence, maximum), AnnounceDefaults.ChecksNotReady);
        try
        {
            string saw = await WaitAsync(context.Deadline, maximum, silence, skip);
            Log.Ended(_logger, context.Deadline.Elapsed.TotalSeconds, saw);
            context.Note($"the announce ended after {ReportText.Seconds(context.Deadline.Elapsed)}: {saw}");
        }
        catch (OperationCanceledException) { context.Note("the announce was cut short"); }
    }

    private async Task<string> WaitAsync(Deadline deadline, TimeSpan maximum, TimeSpan silence, CancellationToken skip)
    {
        while (true)
        {
            TimeSpan elapsed = deadline.Elapsed;
            TimeSpan quiet = connections.SinceLast(atMost: elapsed);
            if (elapsed >= maximum) { return $"it was at its maximum, {ReportText.Seconds(quiet)} after the last new connection"; }

            if (quiet >= silence) { return $"no new connection for {ReportText.Seconds(quiet)}"; }

            // The instant at which it will have been quiet for long enough, if it stays so.
            TimeSpan instant = silence < maximum && elapsed - quiet + silence < maximum ? elapsed - quiet + silence : maximum;
            if (await SeenEnoughByAsync(deadline, instant, skip))
            {
                TimeSpan settled = deadline.Elapsed + AnnounceDefaults.Settle;
                await deadline.WaitUntilAsync(settled < maximum ? settled : maximum, skip);
                return $"every balancer that checks has seen 'not ready' {AnnounceDefaults.ChecksNotReady} times";
            }
        }
    }

    private async Task<bool> SeenEnoughByAsync(Deadline deadline, TimeSpan instant, CancellationToken skip)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(skip);
        Task ended = await Task.WhenAny(checks.SeenEnough, deadline.WaitUntilAsync(instant, over.Token));
        await over.CancelAsync();
        skip.ThrowIfCancellationRequested();
        return ended == checks.SeenEnough;
    }

    private string? WhyNone(ShutdownContext context, TimeSpan maximum, ConnectionRate rate) =>
        maximum == TimeSpan.Zero ? "it is switched off"
        : context.Reason.PersonIsWaiting ? "a person is waiting"
        : environment.IsDevelopment() ? "this is Development"
        : passive.Any(static reason => reason.WhyPassive() is not null) ? "nobody can connect to a test server"
        : listeners.AreInherited ? "every listener is inherited, and its queue outlives this process"
        : !rate.HasClients ? "nobody is connected, and nobody was for a minute"
        : null;

    private static string Until(TimeSpan silence, TimeSpan maximum) =>
        silence < maximum ? $"it ends after {ReportText.Seconds(silence)} without one" : "too few to learn anything from a silence";

    private static partial class Log
    {
        [LoggerMessage(LogEvents.AnnounceBegan, LogLevel.Information,
            "Announcing for at most {Announce} s: not ready, still serving, each answer says 'Connection: close'. {Rate:0.##} new connections " +
            "a second before the signal: {Until}. Or once every balancer that checks has seen 'not ready' {Checks} times.")]
        public static partial void Began(ILogger logger, double announce, double rate, string until, int checks);

        [LoggerMessage(LogEvents.AnnounceEnded, LogLevel.Information, "The announce ended after {Seconds:0.0##} s: {Saw}.")]
        public static partial void Ended(ILogger logger, double seconds, string saw);
    }
}
