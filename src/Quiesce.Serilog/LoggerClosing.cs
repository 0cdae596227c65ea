using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Quiesce.Serilog;

/// <summary>Closes a logger, and says what it has not written.</summary>
/// <param name="logger">The logger. Its disposal blocks until its sinks have written everything.</param>
/// <param name="queues">What knows how much they have not; <see langword="null"/> if nothing does.</param>
internal sealed class LoggerClosing(IDisposable logger, SerilogQueues? queues)
{
    public async Task CloseAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        // A thread of its own: the pool may be starved, and a sink that hangs would keep one of its threads for ever.
        Task<Exception?> closing = OwnThread.RunAsync("Quiesce closes Serilog", logger.Dispose);
        try
        {
            if (await closing.WaitAsync(cancellationToken).ConfigureAwait(false) is { } error) { ExceptionDispatchInfo.Throw(error); }
        }
        catch (OperationCanceledException) when (!closing.IsCompleted)
        {
            context.Note(queues is null ? "not closed in time: what its sinks had not written is lost" : Lost(queues.Waiting));
            throw;
        }
        finally
        {
            if (queues?.Dropped is > 0 and long dropped) { context.Note(string.Create(CultureInfo.InvariantCulture, $"{dropped:N0} events were dropped since the start, because a queue was full")); }
        }
    }

    /// <summary>The event that a sink has in hand is counted in no queue.</summary>
    private static string Lost(long waiting) =>
        string.Create(CultureInfo.InvariantCulture, $"not closed in time: {waiting:N0} events were still queued and are lost, the one being written is unknown");
}
