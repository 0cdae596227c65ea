using Microsoft.Extensions.Logging;

namespace Quiesce;

internal sealed partial class ShutdownCoordinator
{
    private static partial class Log
    {
        [LoggerMessage(LogEvents.Began, LogLevel.Information,
            "Shutdown began ({Reason}). Grace {Grace} s: work is cancelled after {Cut} s, everything ends after {End} s.")]
        public static partial void Began(ILogger logger, string reason, double grace, double cut, double end);

        [LoggerMessage(LogEvents.PhaseBegan, LogLevel.Information, "{Phase} began after {Elapsed:0.0##} s. Units of work in flight: {InFlight}.")]
        public static partial void PhaseBegan(ILogger logger, ShutdownPhase phase, double elapsed, int inFlight);

        [LoggerMessage(LogEvents.LimitsShortened, LogLevel.Warning, "{Problem} Meanwhile limits that are too long are shortened, and those that cannot be read do not count.")]
        public static partial void LimitsShortened(ILogger logger, string problem);

        [LoggerMessage(LogEvents.WorkCut, LogLevel.Warning,
            "Drain deadline reached after {Elapsed:0.0##} s. Units of work in flight: {InFlight}; what runs is cancelled and awaited. Oldest: '{Oldest}'.")]
        public static partial void WorkCut(ILogger logger, double elapsed, int inFlight, string oldest);

        [LoggerMessage(LogEvents.TokenCallbackFailed, LogLevel.Error, "A callback registered with the token {Token} threw. The shutdown goes on.")]
        public static partial void TokenCallbackFailed(ILogger logger, Exception error, string token);
    }
}
