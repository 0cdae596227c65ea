using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Process;

/// <summary>Whose the signals are, and who may end the process.</summary>
public sealed class ProcessOwnerTests
{
    private readonly ProcessUnderTest _process = new();

    [Fact]
    public void Owner_NobodyIsAttached_TakesNoSignal()
    {
        // Act
        _process.Member();

        // Assert
        Assert.False(_process.Signals.IsListening);
    }

    [Fact]
    public void Owner_LastMemberLeavesUnarmed_GivesTheSignalsBack()
    {
        // Arrange
        ProcessShutdown first = _process.StartedMember();
        ProcessShutdown second = _process.StartedMember();

        // Act
        first.Detach();
        first.Detach();
        bool withOne = _process.Signals.IsListening;
        second.Detach();

        // Assert
        Assert.Equal((true, false), (withOne, _process.Signals.IsListening));
    }

    [Fact]
    public async Task Owner_LastMemberLeavesArmed_KeepsSignalsAndWatchdog()
    {
        // Arrange
        ProcessShutdown member = _process.StartedMember();
        bool taken = _process.Signals.Raise(ShutdownSignal.Terminate);
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Act
        member.Detach();
        bool takenAgain = _process.Signals.Raise(ShutdownSignal.Terminate);
        _process.Time.Advance(TimeSpan.FromSeconds(28.5));

        // Assert
        Assert.Equal((true, true, true), (taken, takenAgain, _process.Signals.IsListening));
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, await _process.End.Ended);
    }

    [Fact]
    public async Task Owner_TwoMembers_BothAreToldAndTheShorterGraceCounts()
    {
        // Arrange
        ProcessShutdown first = _process.StartedMember(grace: 30);
        ProcessShutdown second = _process.StartedMember(grace: 10);

        // Act
        _process.Signals.Raise(ShutdownSignal.Terminate);
        await Task.WhenAll(first.Shutdown.Completion, second.Shutdown.Completion).WaitAsync(TestTimeouts.Hang);
        _process.Time.Advance(TimeSpan.FromSeconds(9.5));

        // Assert
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, await _process.End.Ended);
    }

    [Fact]
    public void Owner_SignalComesWhileTheLastMemberLeaves_IsNotSwallowed()
    {
        // Arrange
        _process.StartedMember().Detach();

        // Act
        bool taken = _process.Signals.Raise(ShutdownSignal.Terminate);

        // Assert
        Assert.False(taken);
        ProcessShutdown next = _process.StartedMember();
        next.Detach();
        Assert.False(_process.Signals.IsListening); // and nothing was armed by it
    }

    [Fact]
    public async Task Owner_MemberJoinsAfterTheSignal_IsToldAtOnce()
    {
        // Arrange
        ProcessShutdown first = _process.StartedMember();
        _process.Signals.Raise(ShutdownSignal.Terminate);
        _process.Time.Advance(TimeSpan.FromSeconds(7));

        // Act
        ProcessShutdown late = _process.StartedMember();
        ShutdownReport report = await late.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(("SIGTERM", TimeSpan.FromSeconds(7)), (report.Reason.Text, report.Duration));
        await first.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);
    }

    [Fact]
    public async Task HostStopped_ByOthers_NeverArms()
    {
        // Arrange
        ProcessShutdown member = _process.StartedMember();

        // Act
        member.OnStoppedByOthers("the host was stopped");
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);
        member.Detach();

        // Assert
        Assert.Empty(_process.End.KernelDelays);
        Assert.False(_process.Signals.IsListening);
    }

    [Fact]
    public async Task Request_AnotherMemberGoesOn_DoesNotArm()
    {
        // Arrange
        ProcessShutdown first = _process.StartedMember();
        ProcessShutdown second = _process.StartedMember();

        // Act
        first.Shutdown.Request("the leader moved");
        await first.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);
        bool armedByOne = !_process.End.KernelDelays.IsEmpty;
        second.Shutdown.Request("the leader moved");
        second.Shutdown.Request("again");
        await second.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.False(armedByOne);
        Assert.Single(_process.End.KernelDelays);
    }

    [Fact]
    public async Task Request_NotAttached_LeavesTheProcessAlone()
    {
        // Arrange
        ProcessShutdown member = _process.Member();
        member.Started();

        // Act
        member.Shutdown.Request("a test");
        ShutdownReport report = await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(ShutdownTrigger.Request, report.Reason.Trigger);
        Assert.Empty(_process.End.KernelDelays);
    }

    [Fact]
    public async Task Interrupt_ThreeTimesOnATerminal_ExitsAtOnce()
    {
        // Arrange
        var process = new ProcessUnderTest(terminalAttached: true);
        ProcessShutdown member = process.StartedMember();
        Assert.True(member.Shutdown.Work.TryBegin("stuck", out _));

        // Act
        process.Signals.Raise(ShutdownSignal.Interrupt);
        process.Signals.Raise(ShutdownSignal.Interrupt);
        bool tooEarly = !process.End.Ends.IsEmpty;
        process.Signals.Raise(ShutdownSignal.Interrupt);

        // Assert
        Assert.Equal((false, 128 + 2), (tooEarly, await process.End.Ended));
        Assert.Contains("Quiesce: SIGINT once more; exiting at once.", process.End.Lines);
    }

    [Fact]
    public void Crash_WorkIsInFlight_SaysWhatIsLeftBehind()
    {
        // Arrange
        ProcessShutdown member = _process.StartedMember();
        Assert.True(member.Shutdown.Work.TryBegin("row", out _));

        // Act
        _process.Signals.Crash("System.InvalidOperationException");

        // Assert
        Assert.Equal(
            "Quiesce: the process crashes (System.InvalidOperationException) with 1 unit of work in flight; no phase runs, nothing is released.",
            Assert.Single(_process.End.Lines));
        Assert.Empty(_process.End.Ends);
    }
}
