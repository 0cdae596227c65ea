using Microsoft.Extensions.Logging;

namespace Quiesce;

/// <summary>What incoming work logs; a generic type has no log methods of its own.</summary>
internal static partial class IncomingWorkLog
{
    [LoggerMessage(LogEvents.TrackedWorkFailed, LogLevel.Error, "An item of '{Source}' failed; the others go on.")]
    public static partial void Failed(ILogger logger, Exception error, string source);

    [LoggerMessage(LogEvents.NotSentBack, LogLevel.Error, "An item of '{Source}' came when nothing was taken any more, and could not be handed back.")]
    public static partial void NotSentBack(ILogger logger, Exception error, string source);
}
