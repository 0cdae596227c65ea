namespace Checkout.Sweeping;

internal sealed partial class Sweeper
{
    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "Took the sweeper's lock; this instance settles payments.")]
    private partial void LogLockTaken();

    [LoggerMessage(EventId = 11, Level = LogLevel.Information, Message = "Waits for the sweeper's lock: {Reason}")]
    private partial void LogLockAwaited(string reason);

    [LoggerMessage(EventId = 12, Level = LogLevel.Information, Message = "Gave the sweeper's lock up.")]
    private partial void LogLockReleased();

    [LoggerMessage(EventId = 13, Level = LogLevel.Warning, Message = "A sweep failed; the next one tries again.")]
    private partial void LogSweepFailed(Exception exception);
}
