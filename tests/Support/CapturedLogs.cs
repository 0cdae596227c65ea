using Microsoft.Extensions.Logging;

namespace Quiesce.TestSupport;

/// <summary>Everything that is logged, as lines that a test can wait for.</summary>
internal sealed class CapturedLogs : ILoggerProvider, ILogger
{
    public Lines Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add($"{logLevel}: {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
