using Quiesce.Cli.Rehearse.Output.Tables;

namespace Quiesce.Cli.Tests.Output.Tables;

public sealed class TextGridTests
{
    private const string LongTitle = "dotnet /srv/orders/Orders.dll --urls http://127.0.0.1:{port}";

    [Fact]
    public void Show_RoomForAll_IsATable() => Assert.Equal(
        [
            "", "                     Seconds per", "Rehearsal  Requests   deployment  Verdict", "─────────────────────────────────────────",
            "stock         1,204         0.10  FAIL", "quiesce      12,345         2.31  PASS", "",
        ],
        Show(110, "stock"));

    [Fact]
    public void Show_TitleLongerThanItsColumn_StandsAboveItsFiguresUncut()
    {
        IReadOnlyList<string> lines = Show(62, LongTitle);

        Assert.Equal(LongTitle, lines[4]);
        Assert.Equal(["1,204", "0.10", "FAIL"], lines[5].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Show_NarrowTerminal_ListsEachRowWithNamedValues() => Assert.Equal(
        ["", "stock", "  Requests 1,204", "  Seconds per deployment 0.10", "  Verdict FAIL", "quiesce", "  Requests 12,345", "  Seconds per deployment 2.31", "  Verdict PASS", ""],
        Show(29, "stock"));

    [Theory]
    [InlineData(30)]
    [InlineData(43)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(110)]
    public void Show_AnyWidth_CutsNothingAndStaysInside(int width)
    {
        IReadOnlyList<string> lines = Show(width, "stock");

        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.All(["stock", "1,204", "0.10", "FAIL", "12,345", "2.31", "PASS"], value => Assert.Contains(value, string.Join('\n', lines)));
    }

    private static IReadOnlyList<string> Show(int width, string title)
    {
        using var output = new StringWriter();
        var console = new CliConsole(output, TextWriter.Null, IsLive: false, IsColoured: false) { TableWidth = width };
        var grid = new TextGrid(
            new TextColumn("Rehearsal"), new TextColumn("Requests", IsFigure: true), new TextColumn("Seconds per\ndeployment", IsFigure: true), new TextColumn("Verdict"));
        grid.Add(title, "1,204", "0.10", "FAIL");
        grid.Add("quiesce", "12,345", "2.31", "PASS");
        grid.Show(console.Tables());
        return [.. output.ToString().Split('\n').SkipLast(1).Select(static line => line.TrimEnd())];
    }
}
