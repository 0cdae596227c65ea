using Microsoft.Extensions.Logging;

namespace Quiesce.Tests.Reporting;

public sealed class BoundedLoggerTests
{
    [Fact]
    public async Task Log_MessageHasValues_PassesThemOnWithItsTextAndItsException()
    {
        // Arrange
        var provider = new StructuredLogger();
        BoundedLogger logger = BoundedLogger.Around(provider);
        var error = new IOException("the disk is full");

        // Act
        logger.LogWarning(error, "{Units} units, {Share:0.0} of all", 3, 0.5);
        await logger.Written.WaitAsync(TestTimeouts.Hang);

        // Assert: in one shape, whatever the values are, or each message would be compiled for itself
        (object state, string text, Exception? passed) = Assert.Single(provider.Logged);
        var values = Assert.IsType<IReadOnlyList<KeyValuePair<string, object?>>>(state, exactMatch: false);
        Assert.Equal(
            [new("Units", 3), new("Share", 0.5), new KeyValuePair<string, object?>("{OriginalFormat}", "{Units} units, {Share:0.0} of all")], values);
        Assert.Equal(("3 units, 0.5 of all", error), (text, passed));
        Assert.Equal(typeof(object), provider.Shape);
    }

    /// <summary>Sees what a provider of structured logs sees.</summary>
    private sealed class StructuredLogger : ILogger
    {
        public List<(object State, string Text, Exception? Exception)> Logged { get; } = [];

        public Type? Shape { get; private set; }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Shape = typeof(TState);
            Logged.Add((state!, formatter(state, exception), exception));
        }
    }
}
