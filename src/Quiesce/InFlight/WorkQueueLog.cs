using Microsoft.Extensions.Logging;

namespace Quiesce;

/// <summary>What queues log; a generic type has no log methods of its own.</summary>
internal static partial class WorkQueueLog
{
    [LoggerMessage(LogEvents.TrackedWorkFailed, LogLevel.Error, "An item of '{Queue}' failed; the queue goes on.")]
    public static partial void Failed(ILogger logger, Exception error, string queue);
}
