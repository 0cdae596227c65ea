using System.CommandLine;
using System.CommandLine.Invocation;
using Quiesce.Cli.Compare;
using Quiesce.Cli.Rehearse.Command;

namespace Quiesce.Cli;

/// <summary>The tool: command line in, exit code out. Whatever goes wrong becomes one message.</summary>
internal static class QuiesceTool
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliConsole console, TimeProvider time)
    {
        using Interrupt interrupt = Interrupt.Watch();
        try
        {
            return await ParseAndRunAsync(args, console, time, interrupt.Token);
        }
        catch (Exception) when (interrupt.ExitCode is not null)
        {
            // Whatever broke after the signal broke because of it: every process was ended under the rehearsal's feet.
            console.Error.WriteLine("quiesce: interrupted; every process it had started was ended.");
            return interrupt.ExitCode.Value;
        }
        catch (QuiesceException error)
        {
            console.Error.WriteLine($"quiesce: {error.Message}");
            if (error.ExitCode == ExitCodes.Usage) { console.Error.WriteLine("Help: quiesce rehearse --help"); }
            return error.ExitCode;
        }
        catch (Exception defect)
        {
            console.Error.WriteLine($"quiesce: this is a defect of the tool, please report it: {defect.GetType().Name}: {defect.Message}");
            return ExitCodes.Defect;
        }
    }

    private static Task<int> ParseAndRunAsync(IReadOnlyList<string> args, CliConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        string[] own = [.. args.TakeWhile(static arg => arg != "--")];
        var rehearse = new RehearseCommand([.. args.Skip(own.Length + 1)], console, time);
        var root = new RootCommand("Quiesce: rehearse how a service leaves.") { rehearse.Command, CompareCommand.Create(console) };
        root.SetAction(static Task<int> (_) =>
            throw new QuiesceException(ExitCodes.Usage, "Which command? Use: quiesce rehearse … or quiesce compare …"));

        ParseResult parsed = root.Parse(own, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            // The parser stops at the first kind of mistake; the rehearsal's own reader shows all of them.
            return parsed.CommandResult.Command == rehearse.Command
                ? rehearse.RunAsync(parsed, cancellationToken)
                : throw new QuiesceException(ExitCodes.Usage, string.Join(Environment.NewLine, parsed.Errors.Select(static error => error.Message)));
        }

        // The tool handles signals and exceptions itself: the parser's own handling would end us before our children.
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = console.Out, Error = console.Error,
        };
        return parsed.InvokeAsync(invocation, cancellationToken);
    }
}
