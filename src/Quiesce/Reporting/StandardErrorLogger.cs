using Microsoft.Extensions.Logging;

namespace Quiesce;

/// <summary>What a program without a logger gets: warnings and errors on standard error, a line each.</summary>
internal sealed class StandardErrorLogger : ILogger
{
    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) { return; }

        // Standard error may be closed; losing a line is better than failing for it.
        try
        {
            Console.Error.WriteLine($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : Environment.NewLine + exception)}");
        }
        catch (IOException) { return; }
        catch (ObjectDisposedException) { return; }
    }
}
