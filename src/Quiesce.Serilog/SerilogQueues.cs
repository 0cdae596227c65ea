using Serilog.Sinks.Async;

namespace Quiesce.Serilog;

/// <summary>Knows how many events wait in the queues of asynchronous sinks, and how many were dropped because one was full.</summary>
/// <remarks>Give one to all asynchronous sinks of a logger: <c>WriteTo.Async(sinks => sinks.File("shop.log"), monitor: queues)</c>. Thread-safe.</remarks>
public sealed class SerilogQueues : IAsyncLogEventSinkMonitor
{
    private readonly Lock _lock = new();

    // Replaced as a whole under _lock. Those that have closed stay: what they dropped is asked for afterwards.
    private volatile IAsyncLogEventSinkInspector[] _sinks = [];

    /// <summary>Gets a value indicating whether any sink was given this.</summary>
    internal bool IsMonitoring => _sinks.Length > 0;

    /// <summary>Gets how many events wait to be written, in all sinks.</summary>
    internal long Waiting => _sinks.Sum(static sink => (long)sink.Count);

    /// <summary>Gets how many events were never queued, because a queue was full.</summary>
    internal long Dropped => _sinks.Sum(static sink => sink.DroppedMessagesCount);

    void IAsyncLogEventSinkMonitor.StartMonitoring(IAsyncLogEventSinkInspector inspector)
    {
        lock (_lock) { _sinks = [.. _sinks, inspector]; }
    }

    void IAsyncLogEventSinkMonitor.StopMonitoring(IAsyncLogEventSinkInspector inspector)
    {
    }
}
