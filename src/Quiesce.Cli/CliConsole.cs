using Spectre.Console;

namespace Quiesce.Cli;

/// <summary>Where the tool writes: results to standard output, progress and messages to standard error.</summary>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="IsLive">Whether standard error is a terminal that can redraw a line.</param>
/// <param name="IsColoured">Whether standard output is a terminal.</param>
internal sealed record CliConsole(TextWriter Out, TextWriter Error, bool IsLive, bool IsColoured)
{
    // Wide enough for every table, narrow enough for a pull request's code block.
    private const int Widest = 110, Narrowest = 100;

    public static CliConsole System()
    {
        bool capable = Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        return new CliConsole(Console.Out, Console.Error, capable && !Console.IsErrorRedirected, capable && !Console.IsOutputRedirected);
    }

    /// <summary>Gets how long a line that is redrawn may be: one that wraps could not be erased.</summary>
    public int LiveWidth => IsLive ? Math.Max(Console.WindowWidth - 1, 1) : Widest;

    /// <summary>A table writer on standard output: coloured on a terminal, plain text in a file.</summary>
    public IAnsiConsole Tables()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Out),
            Ansi = IsColoured ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = IsColoured ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        console.Profile.Width = IsColoured ? Math.Clamp(console.Profile.Width, Narrowest, Widest) : Widest;
        return console;
    }
}
