using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Process;

/// <summary>Start-up, exit code, and what signals skip.</summary>
public sealed class ProcessShutdownTests
{
    private readonly ProcessUnderTest _process = new();

    [Fact]
    public async Task Signal_BeforeStarted_IsRememberedAndMeasuredFromTheSignal()
    {
        // Arrange
        ProcessShutdown member = _process.Member();
        member.Attach();
        _process.Signals.Raise(ShutdownSignal.Terminate);
        _process.Time.Advance(TimeSpan.FromSeconds(4));
        bool drainingTooEarly = member.Shutdown.Draining.IsCancellationRequested;

        // Act
        member.Started();
        ShutdownReport report = await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal((false, "SIGTERM", TimeSpan.FromSeconds(4)), (drainingTooEarly, report.Reason.Text, report.Duration));
    }

    [Fact]
    public async Task Request_BetweenTheStartAndTheRememberedSignal_TheSignalIsStillTheFirst()
    {
        // Arrange: the start looks at the log's level when it is over and before it begins what is remembered
        ProcessShutdown? member = null;
        member = _process.Member(logger: new TestLogger(first: null, asked: () => member!.Shutdown.Request("a moment later")));
        member.Attach();
        _process.Signals.Raise(ShutdownSignal.Terminate);
        _process.Time.Advance(TimeSpan.FromSeconds(4));

        // Act
        member.Started();
        ShutdownReport report = await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal((ShutdownTrigger.Signal, TimeSpan.FromSeconds(4)), (report.Reason.Trigger, report.Duration));
    }

    [Fact]
    public async Task Signal_StartUpNeverEnds_IsEndedAsAborted()
    {
        // Arrange
        ProcessShutdown member = _process.Member();
        member.Attach();

        // Act
        _process.Signals.Raise(ShutdownSignal.Terminate);
        _process.Time.Advance(TimeSpan.FromSeconds(28.5));

        // Assert
        Assert.Equal(ShutdownExitCode.StartupAborted, await _process.End.Ended);
    }

    [Fact]
    public async Task Signal_StartedMeanwhileAndHangs_IsEndedAsEnforced()
    {
        // Arrange
        ProcessShutdown member = _process.Member();
        member.Attach();
        Assert.True(member.Shutdown.Work.TryBegin("stuck", out _));

        // Act
        _process.Signals.Raise(ShutdownSignal.Terminate);
        member.Started();
        _process.Time.Advance(TimeSpan.FromSeconds(28.5));

        // Assert
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, await _process.End.Ended);
    }

    [Fact]
    public async Task Signal_RememberedWhenTheHostIsStopped_StaysTheReason()
    {
        // Arrange
        ProcessShutdown member = _process.Member();
        member.Attach();
        _process.Signals.Raise(ShutdownSignal.Terminate);

        // Act
        member.OnStoppedByOthers("the host could not start");
        ShutdownReport report = await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(ShutdownTrigger.Signal, report.Reason.Trigger);
    }

    [Theory]
    [InlineData(false, ShutdownExitCode.ReleaseFailed)]
    [InlineData(true, null)]
    public async Task Signal_ReleaseFails_SetsTheExitCodeBeforeCompletion(bool alwaysExitZero, int? exitCode)
    {
        // Arrange
        ProcessShutdown member = _process.StartedMember(alwaysExitZero: alwaysExitZero);
        member.Shutdown.OnRelease("ledger", static _ => throw new InvalidOperationException());
        Task<int?> seen = member.Shutdown.Completion.ContinueWith(
            _ => _process.End.ExitCodes.TryPeek(out int code) ? (int?)code : null, TaskScheduler.Default);

        // Act
        _process.Signals.Raise(ShutdownSignal.Terminate);

        // Assert
        Assert.Equal(exitCode, await seen.WaitAsync(TestTimeouts.Hang));
    }

    [Fact]
    public async Task HostStopped_ReleaseFails_LeavesTheExitCodeAlone()
    {
        // Arrange
        ProcessShutdown member = _process.StartedMember(alwaysExitZero: true);
        member.Shutdown.OnRelease("ledger", static _ => throw new InvalidOperationException());

        // Act
        member.OnStoppedByOthers("the host was stopped");
        ShutdownReport report = await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Empty(_process.End.ExitCodes);
        Assert.Equal(ShutdownExitCode.ReleaseFailed, member.ExitCodeOf(report)); // the option speaks of signals
    }

    [Fact]
    public async Task Interrupt_TwiceOnATerminal_SkipsTheDrainAndStillReleases()
    {
        // Arrange
        var process = new ProcessUnderTest(terminalAttached: true);
        ProcessShutdown member = process.StartedMember();
        bool released = false;
        member.Shutdown.OnRelease("ledger", _ => Task.FromResult(released = true));
        Assert.True(member.Shutdown.Work.TryBegin("long", out WorkLease lease));
        using CancellationTokenRegistration registration = member.Shutdown.Aborting.Register(lease.Dispose);

        // Act
        process.Signals.Raise(ShutdownSignal.Interrupt);
        process.Signals.Raise(ShutdownSignal.Interrupt);
        ShutdownReport report = await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang); // the clock has not moved

        // Assert
        Assert.True(released);
        Assert.True(report.Reason.PersonIsWaiting);
        Assert.Equal(("long", true), (Assert.Single(report.Abandoned).Kind, report.Abandoned[0].Ended));
    }

    [Theory]
    [InlineData("SIGTERM")]
    [InlineData("a request")]
    public async Task Interrupt_SomethingElseHasBegun_CutsTheAnnounceShort(string beganBy)
    {
        // Arrange
        var process = new ProcessUnderTest(terminalAttached: true);
        ProcessShutdown member = process.StartedMember();
        var announcing = new Probe("announce");
        announcing.StopAccepting.UntilCancelled();
        member.Shutdown.Add(announcing);

        // Act
        if (beganBy == "SIGTERM") { process.Signals.Raise(ShutdownSignal.Terminate); }
        else { member.Request(new ShutdownReason(ShutdownTrigger.Request, beganBy)); }

        await announcing.StopAccepting.Entered;
        process.Signals.Raise(ShutdownSignal.Interrupt);
        ShutdownReport report = await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang); // the clock has not moved

        // Assert
        Assert.Contains(report.Participants, part => part is { Name: "announce", Phase: ShutdownPhase.StopAccepting, Outcome: StepOutcome.Cancelled });
    }

    [Fact]
    public async Task Signal_WorkIsInFlight_RehearsesTheReportMeanwhileAndWritesNothing()
    {
        // Arrange
        var file = new FakeChannel("the file");
        ProcessShutdown member = _process.Member(files: [file]);
        member.Attach();
        member.Started();
        Assert.True(member.Shutdown.Work.TryBegin("import", out WorkLease lease));

        // Act
        _process.Signals.Raise(ShutdownSignal.Terminate);
        ShutdownReport rehearsed = await file.Rehearsed; // the clock has not moved
        bool wroteMeanwhile = file.HasWritten;
        lease.Dispose();

        // Assert: every list has something, or its code would not be compiled
        Assert.False(wroteMeanwhile);
        Assert.All([rehearsed.Phases.Count, rehearsed.Participants.Count, rehearsed.Abandoned.Count], static count => Assert.NotEqual(0, count));
        Assert.Empty((await file.Written).Abandoned);
    }
}
