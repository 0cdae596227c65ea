using System.Collections.Concurrent;

namespace Quiesce.Tests.Fixtures;

/// <summary>A channel that keeps the reports it was given, after doing what the test asks, such as blocking.</summary>
internal sealed class FakeChannel(string name, Action? first = null) : IReportChannel
{
    private readonly TaskCompletionSource<ShutdownReport> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource<ShutdownReport> _rehearsed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    public Task<ShutdownReport> Rehearsed => _rehearsed.Task.WaitAsync(TestTimeouts.Hang);

    public Task<ShutdownReport> Written => _written.Task.WaitAsync(TestTimeouts.Hang);

    public ConcurrentQueue<ShutdownReport> Reports { get; } = new();

    public bool HasWritten => _written.Task.IsCompleted;

    public void Write(ShutdownReport report)
    {
        first?.Invoke();
        Reports.Enqueue(report);
        _written.TrySetResult(report);
    }

    public void Rehearse(ShutdownReport report) => _rehearsed.TrySetResult(report);
}
