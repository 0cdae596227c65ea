using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Quiesce.Hosting.Lifetime;

namespace Quiesce.AspNetCore.Announcing;

/// <summary>A sleep in a preStop hook and an announce do the same work, one after the other; nobody but the manifest knows of the sleep.</summary>
internal sealed partial class PreStopIsNotDoubled(IConfiguration configuration, ShutdownCoordinator coordinator, ILoggerFactory loggers) : IStartupRule
{
    /// <summary>What a manifest with such a hook sets beside it: the hook's seconds, or a TimeSpan.</summary>
    public const string Variable = "QUIESCE_PRESTOP_SLEEP";

    public IEnumerable<string> Check()
    {
        TimeSpan? sleep;
        try { sleep = DurationVariable.Parse(Variable, configuration[Variable] ?? Environment.GetEnvironmentVariable(Variable)); }
        catch (ShutdownConfigurationException unreadable) { return unreadable.Failures; }

        TimeSpan announce = coordinator.Budget.Announce;
        if (sleep > TimeSpan.Zero && announce > TimeSpan.Zero)
        {
            Log.AnnouncedTwice(loggers.CreateLogger("Quiesce"), Variable, sleep.Value.TotalSeconds, announce.TotalSeconds);
        }

        return [];
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.AnnouncedTwice, LogLevel.Warning,
            "{Variable} says that a preStop hook sleeps for {Sleep} s, and then the announce takes up to {Announce} s more: each deployment waits for both. " +
            "Remove the hook; or set Announce.Maximum to 00:00:00. The hook's time is a part of the pod's grace: subtract it from QUIESCE_GRACE_PERIOD.")]
        public static partial void AnnouncedTwice(ILogger logger, string variable, double sleep, double announce);
    }
}
