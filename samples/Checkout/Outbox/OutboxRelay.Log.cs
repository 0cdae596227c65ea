namespace Checkout.Outbox;

internal sealed partial class OutboxRelay
{
    [LoggerMessage(EventId = 60, Level = LogLevel.Information, Message = "Leads the outbox relays; this instance sends what is to be paid.")]
    private partial void LogLeads();

    [LoggerMessage(EventId = 61, Level = LogLevel.Warning, Message =
        "The outbox could not be relayed; it is tried again. Orders wait there meanwhile, and none is lost. Look after the broker and PostgreSQL.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(EventId = 62, Level = LogLevel.Information, Message = "Leads the outbox relays no more.")]
    private partial void LogEnded();

    [LoggerMessage(EventId = 63, Level = LogLevel.Warning, Message = "The last round failed; what is in the outbox waits for the next leader.")]
    private partial void LogLeft(Exception exception);
}
