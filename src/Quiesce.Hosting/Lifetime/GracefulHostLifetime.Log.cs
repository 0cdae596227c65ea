using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Quiesce.Hosting.Lifetime;

/// <content>What every start says.</content>
internal sealed partial class GracefulHostLifetime
{
    [SuppressMessage("Performance", "CA1848", Justification = Log.Reason)]
    [SuppressMessage("Performance", "CA1873", Justification = Log.Reason)]
    private static class Log
    {
        public const string Reason = "Written once a process. What the generator makes has types of its own for each list of parameters, for which every provider's " +
            "code is compiled anew: 60 KiB for two lines. These take the way that the host has just taken to say where it listens.";

        public static void Ready(ILogger logger, string environment, string contentRoot) => logger.LogInformation(
            new EventId(LogEvents.Ready, nameof(Ready)),
            "Application started in {Environment}, content root {ContentRoot}. Press Ctrl+C to stop.",
            environment, contentRoot);

        public static void Plan(ILogger logger, double grace, double cut, double end) => logger.LogInformation(
            new EventId(LogEvents.Plan, nameof(Plan)),
            "Told to stop, it has a grace of {Grace} s: it cancels work after {Cut} s, is done after {End} s.",
            grace, cut, end);

        public static void PlanWithAnnounce(ILogger logger, double grace, double announce, double cut, double end) => logger.LogInformation(
            new EventId(LogEvents.PlanWithAnnounce, nameof(PlanWithAnnounce)),
            "Told to stop, it has a grace of {Grace} s: it announces for up to {Announce} s, cancels work after {Cut} s, is done after {End} s.",
            grace, announce, cut, end);

        public static void Passive(ILogger logger, string why) => logger.LogDebug(
            new EventId(LogEvents.Passive, nameof(Passive)), "Graceful shutdown leaves the process alone: {Why}.", why);
    }
}
