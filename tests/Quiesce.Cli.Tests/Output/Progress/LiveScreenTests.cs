using Quiesce.Cli.Rehearse.Output.Progress;

namespace Quiesce.Cli.Tests.Output.Progress;

/// <summary>What is on the terminal, not which bytes went there.</summary>
public sealed class LiveScreenTests : IDisposable
{
    private readonly VirtualTerminal _terminal = new(60);

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public void Show_Again_RedrawsInPlace()
    {
        LiveScreen screen = On(_terminal, 60);
        screen.Say("Rehearsing.");

        screen.Show(Moments.Leaving);
        screen.Show(Moments.Starting);
        screen.Show(Moments.Leaving with { Step = "deployment 3 of 3" });

        Assert.Equal(["Rehearsing.", "deployment 3 of 3"], _terminal.Rows.Take(2));
        Assert.Equal(1 + LiveView.Render(Moments.Leaving, 59, 23).Count, _terminal.Rows.Count);
    }

    [Fact]
    public void Say_UnderAView_StandsAboveIt()
    {
        LiveScreen screen = On(_terminal, 60);
        screen.Show(Moments.Leaving);

        screen.Say("No --request was given.");
        screen.Show(Moments.Starting);

        Assert.Equal(["No --request was given.", "starting the program"], _terminal.Rows.Take(2));
    }

    [Fact]
    public void Say_LongerThanTheWindow_BreaksBetweenWords()
    {
        On(_terminal, 60).Say("Rehearsing 'small': 3 deployments, balancer kube, seed 7. About 24 s if it starts and leaves within a second.");

        Assert.Equal(["Rehearsing 'small': 3 deployments, balancer kube, seed 7.", "About 24 s if it starts and leaves within a second."], _terminal.Rows);
    }

    [Fact]
    public void End_UnderAView_LeavesOnlyWhatWasSaid()
    {
        LiveScreen screen = On(_terminal, 60);
        screen.Say("Rehearsing.");
        screen.Show(Moments.Leaving);

        screen.End();

        Assert.Equal(["Rehearsing."], _terminal.Rows);
    }

    [Fact]
    public void Show_WindowBecameNarrower_LeavesNoRestOfTheWiderView()
    {
        var size = new TerminalSize(60, 24);
        var screen = new LiveScreen(CliConsole.On(_terminal, () => size, coloured: true));
        screen.Show(Moments.Leaving);

        size = new TerminalSize(25, 24);
        _terminal.Resize(25);
        screen.Show(Moments.Starting);

        Assert.Equal("starting the program", _terminal.Rows[0]);
        Assert.Equal(2, _terminal.Rows.Count);
    }

    [Fact]
    public void Show_NoColour_SendsNone()
    {
        using var plain = new StringWriter();

        new LiveScreen(CliConsole.On(plain, static () => TerminalSize.Usual, coloured: false)).Show(Moments.Leaving);

        Assert.DoesNotMatch(@"\x1b\[[0-9;]*m", plain.ToString());
    }

    private static LiveScreen On(TextWriter terminal, int width) => new(CliConsole.On(terminal, () => new TerminalSize(width, 24), coloured: true));
}
