using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Terminal;

/// <summary>What a person sees after Ctrl+C.</summary>
public sealed class LiveLineTests
{
    private readonly FakeTerminal _terminal = new();

    [Fact]
    public async Task CtrlC_WorkIsInFlight_SaysWhatIsWaitedForHowLongAndWhatCtrlCDoes()
    {
        // Arrange
        var process = new ProcessUnderTest(terminalAttached: true, _terminal);
        ProcessShutdown member = process.StartedMember();
        Assert.True(member.Shutdown.Work.TryBegin("GET /export", out WorkLease unit));
        process.Time.Advance(TimeSpan.FromSeconds(4));

        // Act
        await PressCtrlCAsync(process);
        string line = await DrainingLineAsync(process);
        unit.Dispose();
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.StartsWith("\rDraining, at most 27 s; Ctrl+C skips the wait: 1 unit, oldest 'GET /export' ", line, StringComparison.Ordinal);
        Assert.Contains("; work", line, StringComparison.Ordinal);
        Assert.Equal("\r\u001b[KQuiesce: Shut down in ", _terminal.Texts[^1][..26]);
        Assert.EndsWith("\n", _terminal.Texts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task CtrlC_Twice_SaysThatAnotherOneExits()
    {
        // Arrange
        var process = new ProcessUnderTest(terminalAttached: true, _terminal);
        ProcessShutdown member = process.StartedMember();
        Assert.True(member.Shutdown.Work.TryBegin("row", out WorkLease unit));
        await PressCtrlCAsync(process);
        await DrainingLineAsync(process);

        // Act
        process.Signals.Raise(ShutdownSignal.Interrupt);
        process.Time.Advance(ProgressFeed.Pause);
        await TimerAsync(process, ProgressFeed.Interval - ProgressFeed.Pause);
        process.Time.Advance(ProgressFeed.Interval - ProgressFeed.Pause);
        string line = await _terminal.NextAsync();
        unit.Dispose();

        // Assert
        Assert.Contains("; Ctrl+C exits at once: ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CtrlC_TerminalIsStopped_TheShutdownGoesOn()
    {
        // Arrange
        var process = new ProcessUnderTest(terminalAttached: true, _terminal);
        ProcessShutdown member = process.StartedMember();
        var released = Completion.New();
        member.Shutdown.OnRelease("ledger", _ =>
        {
            released.SetResult();
            return Task.CompletedTask;
        });
        Assert.True(member.Shutdown.Work.TryBegin("row", out WorkLease unit));
        TaskCompletionSource goOn = _terminal.Stop();

        // Act
        await PressCtrlCAsync(process);
        await _terminal.NextAsync();
        unit.Dispose();
        await released.Task.WaitAsync(TestTimeouts.Hang);

        // Assert: only the report waits for a channel, and no longer than its limit
        TimeSpan limit = (member.Budget.EnforceAt - LiveLine.Patience) / 2;
        await TimerAsync(process, limit);
        process.Time.Advance(limit);
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);
        Assert.Contains("live line", Assert.Single(process.End.Lines), StringComparison.Ordinal);
        goOn.SetResult();
    }

    [Fact]
    public async Task Sigterm_OnATerminal_ShowsNothing()
    {
        // Arrange
        var process = new ProcessUnderTest(terminalAttached: true, _terminal);
        ProcessShutdown member = process.StartedMember();

        // Act
        process.Signals.Raise(ShutdownSignal.Terminate);
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Empty(_terminal.Texts);
    }

    [Fact]
    public async Task CtrlC_ShutdownIsShort_ShowsTheSummaryAlone()
    {
        // Arrange
        var process = new ProcessUnderTest(terminalAttached: true, _terminal);
        ProcessShutdown member = process.StartedMember();
        Assert.True(member.Shutdown.Work.TryBegin("row", out WorkLease unit));

        // Act
        process.Signals.Raise(ShutdownSignal.Interrupt);
        unit.Dispose();
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Contains("Quiesce: Shut down in ", Assert.Single(_terminal.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CtrlC_LineIsSwitchedOff_ShowsNothing()
    {
        // Arrange
        var process = new ProcessUnderTest(terminalAttached: true, _terminal);
        ProcessShutdown member = process.StartedMember(signals: new SignalOptions { LiveLine = false });

        // Act
        process.Signals.Raise(ShutdownSignal.Interrupt);
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Empty(_terminal.Texts);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(1)]
    public void TextOf_TerminalIsNarrow_FitsAndLeavesTheLastColumn(int width)
    {
        // Act
        string text = LiveLine.TextOf(Progress(ShutdownPhase.Drain, "ledger"), drainIsSkipped: false, width);

        // Assert
        Assert.Equal(Math.Max(1, width - 1), text.Length);
        Assert.EndsWith("…", text, StringComparison.Ordinal);
    }

    [Fact]
    public void TextOf_NameHoldsControlCharacters_WritesNoneOfThem() => Assert.DoesNotContain(
        LiveLine.TextOf(Progress(ShutdownPhase.Drain, "led\u001b[2Jger\n"), drainIsSkipped: false, width: 200), char.IsControl);

    [Fact]
    public void TextOf_DrainIsOver_DoesNotPromiseToSkipIt() => Assert.Contains(
        "Releasing, at most 20 s; Ctrl+C twice exits at once: ledger", LiveLine.TextOf(Progress(ShutdownPhase.Release, "ledger"), drainIsSkipped: false, width: 200), StringComparison.Ordinal);

    private static ShutdownProgress Progress(ShutdownPhase phase, string name) => new(
        new ShutdownReason(ShutdownTrigger.Signal, "SIGINT"), phase, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(20),
        [new RunningStep(name, phase, TimeSpan.Zero, TimeSpan.FromSeconds(9))], InFlight: 0, Oldest: null);

    private static async Task PressCtrlCAsync(ProcessUnderTest process)
    {
        process.Signals.Raise(ShutdownSignal.Interrupt);
        await TimerAsync(process, LiveLine.Patience);
        process.Time.Advance(LiveLine.Patience);
    }

    private static Task TimerAsync(ProcessUnderTest process, TimeSpan dueIn) =>
        process.Time.WaitForTimerAsync(process.Time.GetElapsedTime(0) + dueIn).WaitAsync(TestTimeouts.Hang);

    /// <summary>The first lines may still say Closing, or name nobody yet: the next one comes after the pause.</summary>
    private async Task<string> DrainingLineAsync(ProcessUnderTest process)
    {
        while (true)
        {
            string line = await _terminal.NextAsync();
            await TimerAsync(process, ProgressFeed.Pause);
            if (line.StartsWith("\rDraining", StringComparison.Ordinal) && line.Contains("; work", StringComparison.Ordinal)) { return line; }

            process.Time.Advance(ProgressFeed.Pause);
        }
    }
}
