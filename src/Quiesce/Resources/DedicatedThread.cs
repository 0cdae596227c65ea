using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Quiesce;

/// <summary>A thread of the program's own: asked to end when those who use it have drained, joined, named when it is late.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The thread may outlive everybody, and its token with it; the source has no timer.")]
internal sealed partial class DedicatedThread : IPartialParticipant
{
    private readonly CancellationTokenSource _ask = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string[] _uses;
    private readonly ILogger _logger;
    private volatile int _thread;

    public DedicatedThread(string name, string[] uses, ILogger logger) => (Name, _uses, _logger) = (name, uses, logger);

    public string Name { get; }

    public IReadOnlyCollection<string> Uses => _uses;

    public bool Has(ShutdownPhase phase) => phase == ShutdownPhase.Drain;

    /// <summary>Starts it. In the background: nobody but this participant waits for it, and that is bounded.</summary>
    public void Start(Action<CancellationToken> body) => new Thread(() => Run(body)) { Name = Name, IsBackground = true }.UnsafeStart();

    /// <exception cref="Exception">The thread ended by this; it was logged then.</exception>
    public async Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration late = cancellationToken.UnsafeRegister(
            state => context.Note("was asked to end and has not: " + KernelThread.Describe(((DedicatedThread)state!)._thread)), this);
        await _ask.CancelAsync().ConfigureAwait(false);
        await _ended.Task.ConfigureAwait(false);
    }

    private void Run(Action<CancellationToken> body)
    {
        _thread = KernelThread.Current;
        try
        {
            body(_ask.Token);
            _ended.SetResult();
        }
        catch (OperationCanceledException) when (_ask.IsCancellationRequested)
        {
            _ended.SetResult();
        }
        catch (Exception error)
        {
            Log.Failed(_logger, error, Name);
            _ended.SetException(error);
            _ = _ended.Task.Exception; // observed: the drain may never come
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.TrackedWorkFailed, LogLevel.Error, "The thread '{Thread}' failed.")]
        public static partial void Failed(ILogger logger, Exception error, string thread);
    }
}
