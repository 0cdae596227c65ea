namespace Checkout.Confirmations;

internal sealed partial class ConfirmationWorker
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message =
        "No time was left to wait for the outbox: {Waiting} confirmations were still queued and may be lost.")]
    private partial void LogAbandoned(int waiting);
}
