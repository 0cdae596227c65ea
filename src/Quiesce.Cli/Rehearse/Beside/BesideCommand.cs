using System.Text.RegularExpressions;

namespace Quiesce.Cli.Rehearse.Beside;

/// <summary>What <c>/bin/sh</c> is given to run a beside service.</summary>
/// <remarks>
/// A shell that stays in front dies of the signal before the service has heard of it, and the service is ended with it: right for a script that does
/// so in a container too, and a trap for <c>--beside './worker --fast'</c>. So a single program takes the shell's place; a script is left as it is.
/// </remarks>
internal static partial class BesideCommand
{
    /// <param name="command">With all placeholders replaced.</param>
    public static string ForShell(string command) => IsOneProgram(command) ? $"exec {command}" : command;

    // "2>&1" separates nothing; every other & does.
    [GeneratedRegex("[;|()`\n]|(?<!>)&")]
    private static partial Regex Separator { get; }

    private static bool IsOneProgram(string command) =>
        !Separator.IsMatch(command) && command.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [string first, ..] && IsProgram(first.Trim('\'', '"'));

    // Not a word of the shell's own (exec, eval), and not NAME=VALUE.
    private static bool IsProgram(string word) =>
        word.Contains('/', StringComparison.Ordinal)
            ? File.Exists(word)
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, word)));
}
