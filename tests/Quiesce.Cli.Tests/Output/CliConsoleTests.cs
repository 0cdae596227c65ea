namespace Quiesce.Cli.Tests.Output;

public sealed class CliConsoleTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false, "TERM=dumb")]
    [InlineData(false, false, "TERM=")]
    [InlineData(true, false, "NO_COLOR=1")]
    [InlineData(true, true, "NO_COLOR=")]
    [InlineData(false, true, "CI=true")]
    [InlineData(true, true, "CI=false")]
    public void For_Terminal_IsLiveAndColouredAsTheEnvironmentAllows(bool live, bool coloured, params string[] variables)
    {
        CliConsole console = For(variables, errorIsTerminal: true);

        Assert.Equal((live, coloured), (console.IsLive, console.UsesColour));
    }

    [Fact]
    public void For_NoTerminal_IsNotLive() => Assert.False(For([], errorIsTerminal: false).IsLive);

    [Theory]
    [InlineData("COLUMNS=180", 180)]
    [InlineData("COLUMNS=3", 20)]
    [InlineData("COLUMNS=wide", 110)]
    [InlineData("COLUMNS=", 110)]
    public void TableWidth_OutputIsAFile_IsWhatColumnsSays(string variable, int width) =>
        Assert.Equal(width, For([variable], errorIsTerminal: false).TableWidth);

    private static CliConsole For(string[] variables, bool errorIsTerminal)
    {
        Dictionary<string, string> environment = new() { ["TERM"] = "xterm-256color" };
        foreach (string[] pair in variables.Select(static variable => variable.Split('='))) { environment[pair[0]] = pair[1]; }
        return CliConsole.For(environment.GetValueOrDefault, errorIsTerminal, outIsTerminal: false);
    }
}
