using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Quiesce.Tests.Fixtures;

/// <summary>Keeps what was logged, after doing what the test asks, such as blocking.</summary>
internal sealed class TestLogger(Action? first = null) : ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Entries { get; } = new();

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        first?.Invoke();
        Entries.Enqueue((logLevel, formatter(state, exception)));
    }
}
