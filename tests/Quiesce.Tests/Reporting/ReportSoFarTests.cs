using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Reporting;

/// <summary>A report can be had at any instant; at the watchdog's deadline it is published with the exit code that comes.</summary>
public sealed class ReportSoFarTests
{
    private readonly ProcessUnderTest _process = new();
    private readonly FakeChannel _file = new("the file");

    [Fact]
    public void ReportSoFar_NothingIsStopping_IsNone() => Assert.Null(new ShutdownUnderTest().Coordinator.ReportSoFar());

    [Fact]
    public async Task ReportSoFar_StepsAndWorkAreRunning_NamesThemAsAbandoned()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        WorkLease row = shutdown.BeginWork("row");
        Probe done = shutdown.Add("done");
        Probe stuck = shutdown.Add("stuck");
        TaskCompletionSource release = stuck.StopAccepting.Hold();
        Task doneIsOver = Ended(shutdown, "done");

        // Act
        shutdown.Begin();
        await stuck.StopAccepting.Entered;
        await done.StopAccepting.Entered;
        await doneIsOver.WaitAsync(TestTimeouts.Hang);
        shutdown.Time.Advance(TimeSpan.FromSeconds(3));
        ShutdownReport report = shutdown.Coordinator.ReportSoFar()!;
        row.Dispose();
        release.SetResult();
        ShutdownReport final = await shutdown.ReportAsync();

        // Assert
        Assert.Equal((false, TimeSpan.FromSeconds(3), 1), (report.IsComplete, report.Duration, report.InFlightAtSignal));
        Assert.Equal([("done", StepOutcome.Completed), ("stuck", StepOutcome.Abandoned)], report.Participants.Select(static part => (part.Name, part.Outcome)));
        Assert.Equal(("row", TimeSpan.FromSeconds(3), false), (report.Abandoned[0].Kind, report.Abandoned[0].Age, report.Abandoned[0].Ended));
        Assert.Equal([new PhaseReport(ShutdownPhase.StopAccepting, TimeSpan.FromSeconds(3))], report.Phases);
        Assert.True(final.IsComplete);
        Assert.Same(final, shutdown.Coordinator.ReportSoFar());
    }

    [Fact]
    public async Task Deadline_DrainIsStuck_PublishesWhatHangsWithTheExitCodeThatComes()
    {
        // Arrange
        ProcessShutdown member = Member();
        member.Started();
        using WorkLease row = Begin(member, "row");

        // Act
        _process.Signals.Raise(ShutdownSignal.Terminate);
        _process.Time.Advance(TimeSpan.FromSeconds(28.5));
        int exitCode = await _process.End.Ended;

        // Assert
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, exitCode);
        ShutdownReport report = Assert.Single(_file.Reports, one => one.ExitCode == exitCode); // the clock has jumped over every limit: there may be an earlier one
        Assert.Equal("row", Assert.Single(report.Abandoned).Kind);
        Assert.Contains(_process.End.Lines, static line => line.Contains("exit code 82. 1 unit of work", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deadline_StartUpNeverEnded_PublishesAReportThatSaysSo()
    {
        // Arrange
        Member();

        // Act
        _process.Signals.Raise(ShutdownSignal.Terminate);
        _process.Time.Advance(TimeSpan.FromSeconds(28.5));
        await _process.End.Ended;

        // Assert
        ShutdownReport report = await _file.Written;
        Assert.Equal((ShutdownExitCode.StartupAborted, false, "SIGTERM"), (report.ExitCode, report.IsComplete, report.Reason.Text));
        Assert.Empty(report.Phases);
    }

    [Fact]
    public async Task Deadline_MemberHasLeftAndAThreadStays_PublishesItsReportWithTheExitCodeThatComes()
    {
        // Arrange: the first report, of a shutdown that lost nothing, is not the last
        ProcessShutdown member = Member();
        member.Started();
        _process.Signals.Raise(ShutdownSignal.Terminate);
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);
        member.Detach();

        // Act
        _process.Time.Advance(TimeSpan.FromSeconds(28.5));
        await _process.End.Ended;

        // Assert
        Assert.Equal([ShutdownExitCode.Clean, ShutdownExitCode.DeadlineEnforced], _file.Reports.Select(static report => report.ExitCode));
        Assert.All(_file.Reports, static report => Assert.True(report.IsComplete));
    }

    [Fact]
    public async Task Interrupt_ThirdOnATerminal_PublishesWhatStillRan()
    {
        // Arrange
        var process = new ProcessUnderTest(terminalAttached: true);
        ProcessShutdown member = process.Member(files: [_file]);
        member.Attach();
        member.Started();
        using WorkLease row = Begin(member, "row");

        // Act
        for (int i = 0; i < 3; i++) { process.Signals.Raise(ShutdownSignal.Interrupt); }

        // Assert
        ShutdownReport report = await _file.Written;
        Assert.Equal((130, false, 130), (report.ExitCode, report.IsComplete, await process.End.Ended));
        Assert.Equal("row", Assert.Single(report.Abandoned).Kind);
    }

    [Fact]
    public async Task Publish_ProcessIsNotOurs_WritesNoFile()
    {
        // Arrange
        ProcessShutdown member = _process.Member(files: [_file]);

        // Act
        member.OnStoppedByOthers("the host was stopped");
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.False(_file.HasWritten);
    }

    private static WorkLease Begin(ProcessShutdown member, string kind)
    {
        Assert.True(member.Shutdown.Work.TryBegin(kind, out WorkLease lease));
        return lease;
    }

    /// <summary>Completes when a step of that name has begun and ended.</summary>
    private static async Task Ended(ShutdownUnderTest shutdown, string name)
    {
        bool begun = false;
        while (true)
        {
            Task changed = shutdown.Coordinator.ProgressChanged;
            ShutdownReport? report = shutdown.Coordinator.ReportSoFar();
            begun |= report?.Participants.Any(part => part.Name == name && part.Outcome == StepOutcome.Completed) ?? false;
            if (begun) { return; }

            await changed;
        }
    }

    private ProcessShutdown Member()
    {
        ProcessShutdown member = _process.Member(files: [_file]);
        member.Attach();
        return member;
    }
}
