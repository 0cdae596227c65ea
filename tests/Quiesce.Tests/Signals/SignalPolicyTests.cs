namespace Quiesce.Tests.Signals;

/// <summary>The whole table: terminal or not, each signal, the first to the fourth time.</summary>
public sealed class SignalPolicyTests
{
    [Theory]
    [InlineData(false, "Terminate", "Begin Ignore Ignore Ignore")]
    [InlineData(false, "Quit", "Begin Ignore Ignore Ignore")]
    [InlineData(false, "Interrupt", "Begin Ignore Ignore Ignore")]
    [InlineData(false, "Hangup", "Ignore Ignore Ignore Ignore")]
    [InlineData(true, "Terminate", "Begin Ignore Ignore Ignore")]
    [InlineData(true, "Quit", "Begin Ignore Ignore Ignore")]
    [InlineData(true, "Interrupt", "BeginForPerson SkipDrain ExitNow ExitNow")]
    [InlineData(true, "Hangup", "BeginForPerson SkipDrain ExitNow ExitNow")]
    public void Next_SameSignalAgain_FollowsTheTable(bool terminal, string signal, string actions) =>
        AssertActions(terminal, string.Join(' ', Enumerable.Repeat(signal, 4)), actions);

    [Theory]
    [InlineData(true, "Terminate Interrupt Interrupt Interrupt", "Begin SkipAnnounce SkipDrain ExitNow")]
    [InlineData(true, "Interrupt Terminate Interrupt Quit Interrupt", "BeginForPerson Ignore SkipDrain Ignore ExitNow")]
    [InlineData(true, "Quit Hangup Interrupt Hangup", "Begin SkipAnnounce SkipDrain ExitNow")]
    [InlineData(false, "Hangup Terminate Interrupt Quit", "Ignore Begin Ignore Ignore")]
    [InlineData(false, "Interrupt Terminate Terminate", "Begin Ignore Ignore")]
    public void Next_SignalsAreMixed_FollowsTheTable(bool terminal, string signals, string actions) => AssertActions(terminal, signals, actions);

    [Theory]
    [InlineData(true, "Interrupt Interrupt Interrupt", "Begin Ignore Ignore")]
    [InlineData(true, "Hangup Interrupt", "Begin Ignore")]
    public void Next_PersonMayNotHurry_RepeatsChangeNothing(bool terminal, string signals, string actions) =>
        AssertActions(terminal, signals, actions, new SignalOptions { EscalateOnTerminal = false });

    [Theory]
    [InlineData(true, true, "BeginForPerson SkipDrain")]
    [InlineData(true, false, "Ignore Ignore")]
    [InlineData(false, true, "Begin Ignore")]
    [InlineData(false, false, "Ignore Ignore")]
    public void Next_HangupIsSet_TheTerminalDoesNotDecide(bool terminal, bool stopOnHangup, string actions) =>
        AssertActions(terminal, "Hangup Hangup", actions, new SignalOptions { StopOnHangup = stopOnHangup });

    private static void AssertActions(bool terminal, string signals, string actions, SignalOptions? options = null)
    {
        // Arrange
        var policy = new SignalPolicy(terminal, options ?? new());

        // Act
        IEnumerable<string> seen = signals.Split(' ').Select(signal => policy.Next(Enum.Parse<ShutdownSignal>(signal)).ToString());

        // Assert
        Assert.Equal(actions.Split(' '), seen);
    }
}
