using System.Collections.Concurrent;
using Serilog.Core;
using Serilog.Events;

namespace Adapters.Tests.Serilog;

/// <summary>A sink that hangs at its first event until the test lets it go on.</summary>
internal sealed class HeldSink : ILogEventSink, IDisposable
{
    private readonly ManualResetEventSlim _goOn = new();
    private readonly TaskCompletionSource _hasOne = Completion.New();

    /// <summary>Gets a task that completes when the sink hangs, with an event in hand.</summary>
    public Task HasOne => _hasOne.Task.OrHang();

    public ConcurrentQueue<string> Written { get; } = new();

    public void Emit(LogEvent logEvent)
    {
        _hasOne.TrySetResult();
        _goOn.Wait(TestTimeouts.Hang);
        Written.Enqueue(logEvent.RenderMessage());
    }

    public void GoOn() => _goOn.Set();

    /// <summary>The logger disposes of its sinks: a held one must not be let go by that.</summary>
    public void Dispose()
    {
    }
}
