using System.CommandLine;
using System.CommandLine.Help;
using Quiesce.Cli.Rehearse.Stories;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary><c>quiesce rehearse [options] -- &lt;command&gt;</c></summary>
/// <param name="program">What came after <c>--</c>. Split off before parsing: the program's own options must never be taken for ours.</param>
/// <param name="console">Where to write.</param>
/// <param name="time">The clock of the run.</param>
internal sealed class RehearseCommand(IReadOnlyList<string> program, CliConsole console, TimeProvider time)
{
    private System.CommandLine.Command? _command;

    public System.CommandLine.Command Command => _command ??= Create();

    /// <summary>Runs it, whatever the parser thought of the words: the settings' reader refuses them with all mistakes at once.</summary>
    public Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var values = new CommandLineValues(parsed, program);
        if (values.Of(RehearseOptions.Story) is [StoryReader.List])
        {
            StoryReader.Write(console.Out);
            return Task.FromResult(ExitCodes.Pass);
        }

        RehearseSettings settings = SettingsReader.Read(values);
        return new RehearseRun(settings, console, time).RunAsync(cancellationToken);
    }

    private System.CommandLine.Command Create()
    {
        var command = new System.CommandLine.Command("rehearse", "Deploy a program again and again under load, and count what is lost.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        foreach (OptionSpec spec in RehearseOptions.All) { command.Options.Add(spec.Option); }
        command.Options.Add(new HelpOption("--help", "-h", "-?") { Action = new RehearseHelp(console) });
        command.SetAction(RunAsync);
        return command;
    }
}
