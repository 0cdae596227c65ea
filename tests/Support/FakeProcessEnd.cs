using System.Collections.Concurrent;

namespace Quiesce.TestSupport;

/// <summary>A process that only writes down how it would have ended.</summary>
internal sealed class FakeProcessEnd : IProcessEnd
{
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _spoken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action<int>? _exiting;

    public ConcurrentQueue<int> Ends { get; } = new();

    /// <summary>Gets a value indicating whether nobody ended it, or decided how it would end.</summary>
    public bool IsUntouched => Ends.IsEmpty && ExitCodes.IsEmpty;

    public ConcurrentQueue<int> ExitCodes { get; } = new();

    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>Gets what the kernel's timer was set to, since it was taken back.</summary>
    public ConcurrentQueue<TimeSpan> KernelDelays { get; } = new();

    /// <summary>Completes with the first line.</summary>
    public Task<string> Spoken => _spoken.Task.WaitAsync(TestTimeouts.Hang);

    /// <summary>Completes with the exit code when the process was ended.</summary>
    public Task<int> Ended => _ended.Task.WaitAsync(TestTimeouts.Hang);

    /// <summary>Gets or sets what a debugger that comes later changes.</summary>
    public bool IsDebugged { get; set; }

    public void SetExitCode(int exitCode) => ExitCodes.Enqueue(exitCode);

    public void WriteLastLine(string line)
    {
        Lines.Enqueue(line);
        _spoken.TrySetResult(line);
    }

    public void EndByKernelAfter(TimeSpan delay) => KernelDelays.Enqueue(delay);

    public void SpareFromKernel() => KernelDelays.Clear();

    public void LetKernelThrough()
    {
    }

    public void OnExit(Action<int> exiting) => _exiting += exiting;

    /// <summary>Somebody else ends the process.</summary>
    public void Exit(int exitCode) => _exiting?.Invoke(exitCode);

    public void End(int exitCode, TimeSpan exitLimit)
    {
        Ends.Enqueue(exitCode);
        _ended.TrySetResult(exitCode);
    }
}
