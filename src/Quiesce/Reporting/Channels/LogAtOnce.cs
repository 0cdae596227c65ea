using Microsoft.Extensions.Logging;

namespace Quiesce;

/// <summary>The log as a channel of its own, past the queue that <see cref="BoundedLogger"/> keeps on the pool: at the deadline the
/// pool may be starved.</summary>
internal sealed partial class LogAtOnce(ILogger logger) : IReportChannel
{
    public string Name => "the log";

    public void Write(ShutdownReport report) => Log.Enforced(logger, ReportText.Summarize(report));

    private static partial class Log
    {
        [LoggerMessage(LogEvents.Enforced, LogLevel.Warning, "{Summary}")]
        public static partial void Enforced(ILogger logger, string summary);
    }
}
