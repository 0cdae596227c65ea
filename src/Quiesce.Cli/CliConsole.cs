using System.Globalization;
using Spectre.Console;

namespace Quiesce.Cli;

/// <summary>Where the tool writes: results to standard output, progress and messages to standard error.</summary>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="IsLive">Whether standard error is a terminal that can redraw what it shows.</param>
/// <param name="IsColoured">Whether standard output is a terminal with colours.</param>
internal sealed record CliConsole(TextWriter Out, TextWriter Error, bool IsLive, bool IsColoured)
{
    // Wide enough for every table without its optional columns, and for a pull request's code block.
    private const int Widest = 110;

    // Below this many cells nothing can be set side by side.
    private const int Narrowest = 20;

    /// <summary>Gets whether standard error shows colours, too. See https://no-color.org.</summary>
    public bool UsesColour { get; private init; }

    /// <summary>Gets how many cells a table on standard output may take.</summary>
    public int TableWidth { get; init; } = Widest;

    /// <summary>Gets the size of the terminal behind standard error, as it is now: its window may be resized at any moment.</summary>
    public TerminalSize Size => SizeNow();

    private Func<TerminalSize> SizeNow { get; init; } = static () => TerminalSize.Usual;

    public static CliConsole System() => For(Environment.GetEnvironmentVariable, !Console.IsErrorRedirected, !Console.IsOutputRedirected);

    /// <summary>The same for any environment.</summary>
    /// <param name="variable">Reads TERM, NO_COLOR, CI, and COLUMNS where there is no terminal to ask.</param>
    /// <param name="errorIsTerminal">Whether standard error is one.</param>
    /// <param name="outIsTerminal">Whether standard output is one.</param>
    internal static CliConsole For(Func<string, string?> variable, bool errorIsTerminal, bool outIsTerminal)
    {
        bool capable = variable("TERM") is not (null or "" or "dumb"), coloured = string.IsNullOrEmpty(variable("NO_COLOR"));

        // The logs of CI services look like terminals at times, and keep every redraw.
        bool watched = variable("CI") is null or "" or "false" or "0";
        return new CliConsole(Console.Out, Console.Error, capable && watched && errorIsTerminal, capable && coloured && outIsTerminal)
        {
            SizeNow = TerminalSize.OfStandardError,
            UsesColour = capable && coloured,
            TableWidth = outIsTerminal ? Math.Clamp(Console.WindowWidth, Narrowest, Widest)
                : int.TryParse(variable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) ? Math.Max(columns, Narrowest) : Widest,
        };
    }

    /// <summary>Standard error alone, as a terminal of any size.</summary>
    internal static CliConsole On(TextWriter error, Func<TerminalSize> size, bool coloured) =>
        new(TextWriter.Null, error, IsLive: true, IsColoured: false) { SizeNow = size, UsesColour = coloured };

    /// <summary>A table writer on standard output: coloured on a terminal, plain text in a file.</summary>
    public IAnsiConsole Tables()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Out),
            Ansi = IsColoured ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = IsColoured ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        console.Profile.Width = TableWidth;
        return console;
    }
}
