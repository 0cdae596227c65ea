namespace Quiesce.Cli.Tests.Load;

/// <summary>Holds up the threads of one name whenever they ask for the time, until released.</summary>
internal sealed class HeldUpTimeProvider(TimeProvider clock, string threadName) : TimeProvider, IDisposable
{
    private readonly ManualResetEventSlim _released = new();

    public override long TimestampFrequency => clock.TimestampFrequency;

    public void Release() => _released.Set();

    public override long GetTimestamp()
    {
        if (Thread.CurrentThread.Name == threadName) { _released.Wait(); }
        return clock.GetTimestamp();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);

    public void Dispose() => _released.Dispose();
}
