using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Quiesce.Tests.Fixtures;

/// <summary>Keeps what was logged, after doing what the test asks, such as blocking.</summary>
/// <param name="first">What it does before it keeps a line.</param>
/// <param name="asked">What it does when it is asked for its level.</param>
internal sealed class TestLogger(Action? first = null, Action? asked = null) : ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Entries { get; } = new();

    public bool IsEnabled(LogLevel logLevel)
    {
        asked?.Invoke();
        return true;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        first?.Invoke();
        Entries.Enqueue((logLevel, formatter(state, exception)));
    }
}
