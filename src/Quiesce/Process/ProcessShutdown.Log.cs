using Microsoft.Extensions.Logging;

namespace Quiesce;

internal sealed partial class ProcessShutdown
{
    private static partial class Log
    {
        [LoggerMessage(LogEvents.Planned, LogLevel.Debug, "{Plan}")]
        public static partial void Planned(ILogger logger, string plan);

        [LoggerMessage(LogEvents.SignalRepeated, LogLevel.Information, "{Signal} received; it changes nothing now.")]
        public static partial void SignalRepeated(ILogger logger, string signal);

        [LoggerMessage(LogEvents.DrainSkipped, LogLevel.Warning, "{Signal} received again: the rest of the drain is skipped, resources are still released.")]
        public static partial void DrainSkipped(ILogger logger, string signal);
    }
}
