using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Process;

/// <summary>Several hosts in one process: one exit code, one deadline.</summary>
public sealed class SeveralMembersTests
{
    private readonly ProcessUnderTest _process = new();

    [Fact]
    public async Task Owner_TwoMembersLoseSomething_TheWeightiestCodeCountsWhoeverIsLast()
    {
        // Arrange
        ProcessShutdown losesWork = _process.StartedMember();
        losesWork.Shutdown.OnDrain("queue", static _ => throw new InvalidOperationException());
        ProcessShutdown leaks = _process.StartedMember();
        TaskCompletionSource last = Completion.New();
        leaks.Shutdown.OnRelease("pool", async _ =>
        {
            await last.Task;
            throw new InvalidOperationException();
        });

        // Act
        _process.Signals.Raise(ShutdownSignal.Terminate);
        await losesWork.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);
        last.SetResult();
        await leaks.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(ShutdownExitCode.WorkAbandoned, _process.End.ExitCodes.Last());
    }

    [Fact]
    public async Task Request_TheOnlyOtherIsDisposedMeanwhile_IsBoundedFromTheRequest()
    {
        // Arrange
        ProcessShutdown first = _process.StartedMember();
        ProcessShutdown second = _process.StartedMember();
        Assert.True(first.Shutdown.Work.TryBegin("stuck", out _));
        first.Shutdown.Request("the leader moved");
        _process.Time.Advance(TimeSpan.FromSeconds(8));
        bool armedTooEarly = !_process.End.KernelDelays.IsEmpty;

        // Act
        second.Detach();
        _process.Time.Advance(TimeSpan.FromSeconds(20.5));

        // Assert
        Assert.False(armedTooEarly);
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, await _process.End.Ended);
    }

    [Fact]
    public async Task Request_IsThroughWhenTheOtherIsDisposed_NothingIsArmed()
    {
        // Arrange
        ProcessShutdown first = _process.StartedMember();
        ProcessShutdown second = _process.StartedMember();
        first.Shutdown.Request("the leader moved");
        await first.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);
        _process.Time.Advance(TimeSpan.FromHours(1));

        // Act
        second.Detach();

        // Assert: a watchdog would end the process at once
        Assert.Empty(_process.End.KernelDelays);
        first.Detach();
        Assert.False(_process.Signals.IsListening);
    }
}
