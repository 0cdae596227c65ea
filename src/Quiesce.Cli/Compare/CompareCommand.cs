using System.CommandLine;
using Quiesce.Cli.Rehearse.Output;
using Spectre.Console;

namespace Quiesce.Cli.Compare;

/// <summary><c>quiesce compare FILE.json…</c></summary>
internal static class CompareCommand
{
    public const string Name = "compare";

    public static Command Create(CliConsole console)
    {
        var files = new Argument<string[]>("FILE.json") { Arity = ArgumentArity.ZeroOrMore, Description = "what 'quiesce rehearse --json' wrote" };
        var command = new Command(Name, "Show several rehearsals in one table.") { files };
        command.SetAction(parsed =>
        {
            string[] paths = parsed.GetValue(files) ?? [];
            if (paths.Length == 0) { throw new QuiesceException(ExitCodes.Usage, "There is nothing to compare. Use: quiesce compare FILE.json…"); }
            if (paths.FirstOrDefault(static path => path.StartsWith('-')) is { } option)
            {
                throw new QuiesceException(ExitCodes.Usage, $"Unknown option '{option}'. 'quiesce compare' knows none but --help.");
            }

            CompareTable.Of([.. paths.Select(ReportFile.Read)]).Show(console.Tables());
            return ExitCodes.Pass;
        });
        return command;
    }
}
