using Quiesce.Cli.Rehearse.Output.Progress;

namespace Quiesce.Cli.Tests.Output.Progress;

public sealed class LiveViewTests
{
    [Fact]
    public void Render_Wide_ShowsStepPhaseProgressOutcomesAndSchedule() => Assert.Equal(
        [
            "deployment 2 of 3 · SIGTERM sent, the old instance leaves, 1.4 s",
            "━━━━━━━━━━━━━━━━━━━━──────────────────── 50 %, about 30 s left",
            "1,204 ok · 12 refused · 2 503 with Retry-After · 3 reset · 1 truncated · 4 server error · 5 timeout · 4 in flight",
            "1,234 sent · 0 of them over 20 ms late · worst 3 ms",
        ],
        Rows(Moments.Leaving, 119));

    [Fact]
    public void Render_Narrow_GoesOnBelowAndCutsNothing() => Assert.Equal(
        [
            "deployment 2 of 3",
            "SIGTERM sent, the old instance leaves, 1.4 s",
            "━━━━━━━━━━━━━━─────────────── 50 %, about 30 s left",
            "1,204 ok · 12 refused · 2 503 with Retry-After",
            "3 reset · 1 truncated · 4 server error · 5 timeout",
            "4 in flight",
            "1,234 sent · 0 of them over 20 ms late · worst 3 ms",
        ],
        Rows(Moments.Leaving, 51));

    [Fact]
    public void Render_NothingLost_NamesNoLoss() => Assert.Equal(
        "1,204 ok · 4 in flight", Rows(Moments.Leaving with { Load = Moments.Figures(1204) }, 79)[2]);

    [Fact]
    public void Render_NoLoadYet_ShowsTheStepAlone() => Assert.Equal(["starting the program", "━━━━"], [.. Rows(Moments.Starting, 79).Select(static row => row[..Math.Min(row.Length, row[0] == '━' ? 4 : 99)])]);

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void Render_AnyWidth_FitsAndBeginsWithTheStep(int width)
    {
        IReadOnlyList<LiveLine> rows = LiveView.Render(Moments.Leaving, width, height: 99);

        Assert.All(rows, row => Assert.InRange(row.Length, 1, width));
        Assert.All(rows, static row => Assert.Equal(row.Length, row.ToString().Length));
        Assert.StartsWith("deployment 2 of 3"[..Math.Min(width - 1, 17)], rows[0].ToString());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public void Render_LowWindow_KeepsTheFirstRows(int height, int rows) => Assert.Equal(rows, LiveView.Render(Moments.Leaving, 79, height).Count);

    [Fact]
    public void Render_Losses_StandOutByColourOnly()
    {
        LiveLine outcomes = LiveView.Render(Moments.Leaving, 119, 99)[2];

        Assert.Contains("\x1b[32m1,204 ok\x1b[0m", outcomes.ToColoured());
        Assert.Contains("\x1b[31m3 reset\x1b[0m", outcomes.ToColoured());
        Assert.DoesNotContain('\x1b', outcomes.ToString());
    }

    private static string[] Rows(ProgressState state, int width) => [.. LiveView.Render(state, width, 99).Select(static row => row.ToString())];
}
