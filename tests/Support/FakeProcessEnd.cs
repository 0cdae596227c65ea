namespace Quiesce.TestSupport;

/// <summary>Records what would have been done to the process.</summary>
internal sealed class FakeProcessEnd : IProcessEnd
{
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the exit code set for the case that the entry point returns none.</summary>
    public int? ExitCode { get; private set; }

    public Task<int> Ended => _ended.Task;

    public bool IsUntouched => ExitCode is null && !_ended.Task.IsCompleted;

    public bool IsDebugged => false;

    public void SetExitCode(int exitCode) => ExitCode = exitCode;

    public void WriteLastLine(string line)
    {
    }

    public void EndByKernelAfter(TimeSpan delay)
    {
    }

    public void SpareFromKernel()
    {
    }

    public void LetKernelThrough()
    {
    }

    public void OnExit(Action<int> exiting)
    {
    }

    public void End(int exitCode, TimeSpan exitLimit) => _ended.TrySetResult(exitCode);
}
