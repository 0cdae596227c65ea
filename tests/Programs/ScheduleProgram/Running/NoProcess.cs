namespace Quiesce.Schedules;

/// <summary>The process is left alone: the watchdog has tests of its own, with real ends.</summary>
internal sealed class NoProcess : IProcessEnd
{
    public bool IsDebugged => false;

    public void SetExitCode(int exitCode)
    {
    }

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

    public void End(int exitCode, TimeSpan exitLimit)
    {
    }
}
