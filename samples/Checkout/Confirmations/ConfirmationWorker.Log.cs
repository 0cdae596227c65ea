namespace Checkout.Confirmations;

internal sealed partial class ConfirmationWorker
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message =
        "No time was left to write the outbox: at least {Waiting} confirmations are lost unless the last batch still gets through.")]
    private partial void LogAbandoned(int waiting);
}
