using Quiesce.Cli.Rehearse.Output;
using Quiesce.Cli.Tests.Balancers;

namespace Quiesce.Cli.Tests.Output;

public sealed class ProgressLineTests
{
    [Fact]
    public void Step_NoTerminal_WritesPlainLinesAndRepeatsThemRarely()
    {
        using var error = new StringWriter();
        var time = new ManualTimeProvider();
        var console = new CliConsole(TextWriter.Null, error, IsLive: false, IsColoured: false);
        using var progress = new ProgressLine(console, time);

        progress.Say("Rehearsing.");
        progress.Step("deployment 1 of 3", TimeSpan.FromSeconds(42));
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(
            ["Rehearsing.", "deployment 1 of 3, about 42 s left", "deployment 1 of 3, about 32 s left"],
            error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Dispose_Terminal_ErasesItsLineAndWritesNoMore()
    {
        using var error = new StringWriter();
        var time = new ManualTimeProvider();
        var console = new CliConsole(TextWriter.Null, error, IsLive: true, IsColoured: false);
        var progress = new ProgressLine(console, time);
        progress.Step("starting", TimeSpan.Zero);

        progress.Dispose();
        string text = error.ToString();
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.EndsWith("\r\x1b[K", text);
        Assert.Equal(text, error.ToString());
    }
}
