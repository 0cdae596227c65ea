using Spectre.Console;

namespace Quiesce.Cli;

/// <summary>Where the tool writes: results to standard output, progress and messages to standard error.</summary>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="IsLive">Whether standard error is a terminal that can redraw a line.</param>
internal sealed record CliConsole(TextWriter Out, TextWriter Error, bool IsLive)
{
    // Wide enough for every table, narrow enough for a pull request's code block.
    private const int Widest = 110, Narrowest = 100;

    public static CliConsole System() => new(
        Console.Out, Console.Error, !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"));

    /// <summary>A table writer on standard output: coloured on a terminal, plain text in a file.</summary>
    public IAnsiConsole Tables()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Out) });
        console.Profile.Width = Math.Clamp(console.Profile.Width, Narrowest, Widest);
        return console;
    }
}
