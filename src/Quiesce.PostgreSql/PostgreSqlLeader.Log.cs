using Microsoft.Extensions.Logging;

namespace Quiesce.PostgreSql;

public sealed partial class PostgreSqlLeader
{
    private static partial class Log
    {
        [LoggerMessage(LogEvents.LeaderElected, LogLevel.Information, "'{Leader}': this instance leads.")]
        public static partial void Leads(ILogger logger, string leader);

        [LoggerMessage(LogEvents.LeaderResigned, LogLevel.Information, "'{Leader}': this instance does not lead any more.")]
        public static partial void Resigned(ILogger logger, string leader);

        [LoggerMessage(LogEvents.LeadershipLost, LogLevel.Warning,
            "'{Leader}': the server was not reached, or the leader's session was lost. This instance tries again in {Seconds} s.")]
        public static partial void Lost(ILogger logger, Exception error, string leader, double seconds);

        [LoggerMessage(LogEvents.LeaderFailed, LogLevel.Error, "'{Leader}': the leader's work failed. Others may lead; this instance tries again in {Seconds} s.")]
        public static partial void Failed(ILogger logger, Exception error, string leader, double seconds);
    }
}
