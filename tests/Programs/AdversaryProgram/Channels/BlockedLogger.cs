using Microsoft.Extensions.Logging;
using Quiesce;

namespace AdversaryProgram.Channels;

/// <summary>A logger that blocks whoever logs, from the signal on: a host that cannot log does not start.</summary>
internal sealed class BlockedLogger : Adversary, ILogger
{
    private volatile bool _blocks;

    public override ILogger Logger => this;

    public override void Prepare(GracefulShutdown shutdown) => shutdown.OnStopAccepting("logger", _ =>
    {
        _blocks = true;
        return Task.CompletedTask;
    });

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (_blocks) { Wait.ForEver(); }
    }
}
