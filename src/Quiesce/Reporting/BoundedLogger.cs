using Microsoft.Extensions.Logging;

namespace Quiesce;

/// <summary>Passes log calls on in their order, on the pool: a logger that throws or blocks (a full pipe) holds up no shutdown.</summary>
/// <remarks>Thread-safe; never throws. Scopes are dropped: they belong to a flow, and the calls are made from another one.</remarks>
internal sealed class BoundedLogger : ILogger
{
    private readonly ILogger _inner;
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private Task _written = Task.CompletedTask;

    private volatile bool _hasFailed;

    private BoundedLogger(ILogger inner) => _inner = inner;

    /// <summary>Gets the logger behind the queue, for a thread of its own that may block.</summary>
    public ILogger Inner => _inner;

    /// <summary>Gets a value indicating whether the logger has thrown: lines may be missing.</summary>
    public bool HasFailed => _hasFailed;

    /// <summary>Gets a task that completes once everything logged so far was passed on.</summary>
    public Task Written
    {
        get { lock (_lock) { return _written; } }
    }

    /// <summary>Wraps a logger, unless it is bounded already: the queues must not hide behind each other.</summary>
    public static BoundedLogger Around(ILogger logger) => logger as BoundedLogger ?? new BoundedLogger(logger);

    public bool IsEnabled(LogLevel logLevel)
    {
        try { return _inner.IsEnabled(logLevel); }
        catch (Exception) { return false; }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <remarks>The state goes on as an object. As the struct that it is, each kind of message would have all of what logs it compiled for itself, on the way
    /// out, between the last answer and the process's end.</remarks>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        object boxed = state!;
        Enqueue(() => _inner.Log(logLevel, eventId, boxed, exception, (passed, error) => formatter((TState)passed, error)));
    }

    private void Enqueue(Action write)
    {
        lock (_lock)
        {
            _written = _written.ContinueWith(_ => Write(write), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void Write(Action write)
    {
        // Told on standard error, with the report.
        try { write(); }
        catch (Exception) { _hasFailed = true; }
    }
}
