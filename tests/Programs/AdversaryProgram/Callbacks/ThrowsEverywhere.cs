using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quiesce;

namespace AdversaryProgram.Callbacks;

/// <summary>Everything that can throw throws: hooks, a participant, callbacks on every token, the logger, the disposal.</summary>
internal sealed class ThrowsEverywhere : Adversary
{
    private readonly ThrowingLogger _logger = new();

    public override ILogger Logger => _logger;

    public override void AddTo(IServiceCollection services)
    {
        services.AddSingleton<ThrowingDisposal>();
        services.AddShutdownHook("disposal", ShutdownPhase.Release, static (provider, _) => Throw(provider.GetRequiredService<ThrowingDisposal>()));
    }

    public override void Prepare(GracefulShutdown shutdown)
    {
        shutdown.Draining.Register(static () => Throw());
        shutdown.Aborting.Register(static () => Throw());
        shutdown.OnStopAccepting("hook", _ =>
        {
            _logger.Throws = true; // from here on only: a host that cannot log does not start
            return Throw();
        });
        shutdown.OnDrain("hook", static _ => Throw());
        shutdown.OnRelease("hook", static _ => Throw());
        shutdown.Add(new ThrowingParticipant());
        shutdown.Work.TryBegin("row", out _);
    }

    private static Task Throw(object? why = null) => throw new InvalidOperationException($"nothing works {why}");

    private sealed class ThrowingParticipant : IShutdownParticipant
    {
        public string Name => "participant";

        public Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken) => Throw();

        public Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken) => Throw();

        public Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken) => Throw();
    }

    private sealed class ThrowingLogger : ILogger
    {
        private volatile bool _throws;

        public bool Throws { set => _throws = value; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (_throws) { Throw(); }
        }
    }

    private sealed class ThrowingDisposal : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(Throw());
    }
}
