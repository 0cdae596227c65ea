namespace Checkout.Audit;

internal sealed partial class AuditLog
{
    [LoggerMessage(EventId = 20, Level = LogLevel.Error, Message =
        "The audit log cannot be written; its lines wait in memory. Free disk space.")]
    private partial void LogFlushFailed(Exception exception);
}
