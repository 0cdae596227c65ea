using Quiesce.Cli.Rehearse.Output.Progress;
using Quiesce.Cli.Tests.Balancers;

namespace Quiesce.Cli.Tests.Output.Progress;

public sealed class RehearsalProgressTests : IDisposable
{
    private readonly StringWriter _error = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public void Step_NoTerminal_WritesPlainLinesAndRepeatsThemRarely()
    {
        using var progress = RehearsalProgress.On(new CliConsole(TextWriter.Null, _error, IsLive: false, IsColoured: false), _time);

        progress.Say("Rehearsing.");
        progress.Step("deployment 1 of 3", TimeSpan.FromSeconds(42));
        progress.Phase("SIGTERM sent, the old instance leaves");
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(
            [
                "Rehearsing.", "deployment 1 of 3, about 42 s left",
                "deployment 1 of 3: SIGTERM sent, the old instance leaves, about 32 s left",
            ],
            _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Phase_Terminal_ShowsItAtOnceAndForHowLong()
    {
        using var terminal = new VirtualTerminal(80);
        using var progress = RehearsalProgress.On(CliConsole.On(terminal, static () => TerminalSize.Usual, coloured: true), _time);
        progress.Step("deployment 1 of 3", TimeSpan.FromSeconds(30));

        progress.Phase("load before the signal");
        string atOnce = terminal.Rows[0];
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("deployment 1 of 3 · load before the signal, 0.0 s", atOnce);
        Assert.Equal("deployment 1 of 3 · load before the signal, 10.0 s", terminal.Rows[0]);
        Assert.EndsWith(" 33 %, about 20 s left", terminal.Rows[1]);
    }

    [Fact]
    public void Dispose_Terminal_ErasesTheViewAndWritesNoMore()
    {
        using var terminal = new VirtualTerminal(80);
        var progress = RehearsalProgress.On(CliConsole.On(terminal, static () => TerminalSize.Usual, coloured: true), _time);
        progress.Step("starting", TimeSpan.Zero);

        progress.Dispose();
        _time.Advance(TimeSpan.FromSeconds(10));
        progress.Step("too late", TimeSpan.Zero);

        Assert.Empty(terminal.Rows);
    }
}
