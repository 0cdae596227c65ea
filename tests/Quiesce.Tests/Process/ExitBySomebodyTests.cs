using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Process;

/// <summary>Environment.Exit is everybody's: it is not stopped, but a shutdown that it cuts short is reported.</summary>
public sealed class ExitBySomebodyTests
{
    private readonly ProcessUnderTest _process = new();
    private readonly FakeChannel _file = new("the file");

    [Fact]
    public void Exit_ShutdownIsUnderWay_LeavesAReportWithTheirCode()
    {
        // Arrange
        ProcessShutdown member = Member();
        member.Started();
        using WorkLease row = Begin(member);
        _process.Signals.Raise(ShutdownSignal.Terminate);

        // Act
        _process.End.Exit(7);

        // Assert
        ShutdownReport report = Assert.Single(_file.Reports);
        Assert.Equal((7, false, "row"), (report.ExitCode, report.IsComplete, Assert.Single(report.Abandoned).Kind));
        Assert.Contains(_process.End.Lines, static line => line.Contains("exits with code 7 before it has shut down", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Exit_BeforeTheDeadlineHasCaughtTheWork_SaysThatItRanAndNotThatItWasCancelled(bool hasStarted)
    {
        // Arrange
        ProcessShutdown member = Member();
        if (hasStarted) { member.Started(); }

        using WorkLease row = Begin(member);
        _process.Signals.Raise(ShutdownSignal.Terminate);

        // Act
        _process.End.Exit(7);

        // Assert
        ShutdownReport report = Assert.Single(_file.Reports);
        string text = ReportText.Summarize(report);
        Assert.Equal((WorkOutcome.Running, false), (Assert.Single(report.Abandoned).Outcome, report.Abandoned[0].Ended));
        Assert.Contains("still running when the process ended. Oldest: 'row'", text, StringComparison.Ordinal);
        Assert.DoesNotContain("cancelled", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Raise the grace", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Exit_DuringStartupAfterASignal_LeavesAReportWithTheirCode()
    {
        // Arrange
        Member();
        _process.Signals.Raise(ShutdownSignal.Terminate);

        // Act
        _process.End.Exit(1);

        // Assert
        Assert.Equal(1, Assert.Single(_file.Reports).ExitCode);
    }

    [Fact]
    public async Task Exit_ShutdownIsOver_SaysNothingMore()
    {
        // Arrange
        ProcessShutdown member = Member();
        member.Started();
        _process.Signals.Raise(ShutdownSignal.Terminate);
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Act
        _process.End.Exit(0);

        // Assert
        Assert.True(Assert.Single(_file.Reports).IsComplete);
        Assert.Empty(_process.End.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exit_AReportChannelIsSlow_TheShutdownIsCompleteOnlyWithoutHooksThatFollow(bool hasHook)
    {
        // Arrange
        using var write = new ManualResetEventSlim();
        var writing = Completion.New();
        var slow = new FakeChannel("slow", () =>
        {
            writing.TrySetResult();
            Assert.True(write.Wait(TestTimeouts.Hang, CancellationToken.None));
        });
        ProcessShutdown member = _process.Member(files: [slow]);
        member.Attach();
        member.Started();
        if (hasHook) { member.Shutdown.OnExit("log", static _ => Task.CompletedTask); }

        // Act
        _process.Signals.Raise(ShutdownSignal.Terminate);
        await writing.Task.WaitAsync(TestTimeouts.Hang);
        bool goesOn = member.IsShuttingDown;
        write.Set();
        ShutdownReport report = await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal((hasHook, true, false), (goesOn, report.IsComplete, member.IsShuttingDown));
        Assert.True((await slow.Written).IsComplete); // what is written as the last word says nothing of a forced end
    }

    [Fact]
    public async Task Exit_HangsUntilTheDeadline_TheWatchdogsReportComesLast()
    {
        // Arrange: a start that never ends, so that the shutdown cannot be over before the watchdog comes
        Member();
        _process.Signals.Raise(ShutdownSignal.Terminate);
        _process.End.Exit(7);

        // Act
        _process.Time.Advance(TimeSpan.FromSeconds(28.5));
        await _process.End.Ended;

        // Assert
        Assert.Equal([7, ShutdownExitCode.StartupAborted], _file.Reports.Select(static report => report.ExitCode));
    }

    private static WorkLease Begin(ProcessShutdown member)
    {
        Assert.True(member.Shutdown.Work.TryBegin("row", out WorkLease lease));
        return lease;
    }

    private ProcessShutdown Member()
    {
        ProcessShutdown member = _process.Member(files: [_file]);
        member.Attach();
        return member;
    }
}
