using Quiesce.Testing;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Process;

/// <summary>What a hook of Exit could not do comes out after the report: the process says it all the same, and goes on.</summary>
public sealed class ExitHookTests
{
    private readonly ProcessUnderTest _process = new();
    private readonly FakeChannel _file = new("the file");

    [Fact]
    public async Task Exit_HookHangs_IsGivenUpAndSaidAndTheProcessGoesOn()
    {
        // Arrange
        ProcessShutdown member = StartedMember();
        var never = Completion.New();
        member.Shutdown.OnExit("log", _ => never.Task);

        // Act
        _process.Signals.Raise(ShutdownSignal.Terminate);
        await AdvanceToTimerAsync(4.5); // nine tenths of the reserve
        await AdvanceToTimerAsync(5);
        ShutdownReport report = await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(("log", ShutdownPhase.Exit, StepOutcome.Abandoned), (report.Participants[^1].Name, report.Participants[^1].Phase, report.Participants[^1].Outcome));
        Assert.Equal([ShutdownExitCode.Clean, ShutdownExitCode.ReleaseFailed], _file.Reports.Select(static one => one.ExitCode));
        Assert.Equal([ShutdownExitCode.ReleaseFailed], _process.End.ExitCodes);
        Assert.Matches("^Quiesce: Shut down in .* exit code 81\\. 'log' .* ignored its limit in Exit and was left behind", Assert.Single(_process.End.Lines));
    }

    [Fact]
    public async Task Exit_HookNotesWhatIsLost_TheFilesAndStandardErrorSaySo()
    {
        // Arrange
        ProcessShutdown member = StartedMember();
        member.Shutdown.OnExit("log", static (context, _) =>
        {
            context.Note("7 events were dropped");
            return Task.CompletedTask;
        });

        // Act
        _process.Signals.Raise(ShutdownSignal.Terminate);
        ShutdownReport report = await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
        Assert.Equal(2, _file.Reports.Count);
        Assert.Equal(["7 events were dropped"], _file.Reports.Last().Participants[^1].Notes);
        Assert.Contains("log: 7 events were dropped", Assert.Single(_process.End.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Exit_NothingIsLost_TheFilesAreWrittenOnce(bool hasHook)
    {
        // Arrange
        ProcessShutdown member = StartedMember();
        if (hasHook) { member.Shutdown.OnExit("log", static _ => Task.CompletedTask); }

        // Act
        _process.Signals.Raise(ShutdownSignal.Terminate);
        ShutdownReport report = await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(hasHook, report.Participants.Any(static part => part.Phase == ShutdownPhase.Exit));
        Assert.Single(_file.Reports);
        Assert.Empty(_process.End.Lines);
    }

    [Fact]
    public async Task Exit_HookFailsInAProcessThatIsNotOurs_IsInTheReportOnly()
    {
        // Arrange
        ProcessShutdown member = _process.Member(files: [_file]);
        member.Shutdown.OnExit("log", static _ => throw new InvalidOperationException());

        // Act
        member.OnStoppedByOthers("the host was stopped");
        ShutdownReport report = await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(ShutdownExitCode.ReleaseFailed, report.ExitCode);
        Assert.Empty(_file.Reports);
        Assert.Empty(_process.End.Lines);
        Assert.Empty(_process.End.ExitCodes);
    }

    [Fact]
    public async Task Exit_SomebodyExitsWhileAHookRuns_IsSaidWithTheHook()
    {
        // Arrange
        ProcessShutdown member = StartedMember();
        var begun = Completion.New();
        var never = Completion.New();
        member.Shutdown.OnExit("log", _ =>
        {
            begun.SetResult();
            return never.Task;
        });
        _process.Signals.Raise(ShutdownSignal.Terminate);
        await begun.Task.WaitAsync(TestTimeouts.Hang);

        // Act
        _process.End.Exit(7);

        // Assert
        ShutdownReport last = _file.Reports.Last();
        Assert.Equal((7, false, "log"), (last.ExitCode, last.IsComplete, last.Participants[^1].Name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Amend_HookMayHaveClosedTheLog_IsSaidOnStandardErrorToo(bool hasHook)
    {
        // Arrange
        ProcessShutdown member = StartedMember();
        if (hasHook) { member.Shutdown.OnExit("log", static _ => Task.CompletedTask); }

        _process.Signals.Raise(ShutdownSignal.Terminate);
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Act
        int exitCode = await member.AmendAsync(ShutdownExitCode.ReleaseFailed, "host", ShutdownPhase.Release, new InvalidOperationException("cannot stop"));

        // Assert
        Assert.Equal(ShutdownExitCode.ReleaseFailed, exitCode);
        Assert.Equal(hasHook ? 1 : 0, _process.End.Lines.Count(static line => line.Contains("cannot stop", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Amend_Twice_TheFileHasBothAndTheWeightierCode()
    {
        // Arrange
        ProcessShutdown member = StartedMember();
        _process.Signals.Raise(ShutdownSignal.Terminate);
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Act
        int first = await member.AmendAsync(ShutdownExitCode.ProgramFailed, "worker", ShutdownPhase.Running, new InvalidOperationException("no such row"));
        int second = await member.AmendAsync(ShutdownExitCode.ReleaseFailed, "host", ShutdownPhase.Exit, new InvalidOperationException("cannot close"));
        member.PublishLastReport(ShutdownExitCode.DeadlineEnforced, EndLimits.Most); // a thread stays, and the watchdog ends it

        // Assert
        Assert.Equal((ShutdownExitCode.ProgramFailed, ShutdownExitCode.ReleaseFailed), (first, second));
        Assert.Equal([0, 1, 81, 82], _file.Reports.Select(static report => report.ExitCode));
        Assert.All(_file.Reports.TakeLast(2), static report => Assert.Equal(["worker", "host"], report.Participants.TakeLast(2).Select(static part => part.Name)));
    }

    private ProcessShutdown StartedMember()
    {
        ProcessShutdown member = _process.Member(files: [_file]);
        member.Attach();
        member.Started();
        return member;
    }

    private async Task AdvanceToTimerAsync(double dueAt)
    {
        await _process.Time.WaitForTimerAsync(TimeSpan.FromSeconds(dueAt)).WaitAsync(TestTimeouts.Hang);
        _process.Time.Advance(TimeSpan.FromSeconds(dueAt) + TimeSpan.FromMilliseconds(2) - (_process.Time.GetUtcNow() - ManualTimeProvider.Start));
    }
}
