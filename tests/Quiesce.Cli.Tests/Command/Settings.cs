using System.CommandLine;
using Quiesce.Cli.Rehearse.Command;

namespace Quiesce.Cli.Tests.Command;

/// <summary>Reads settings as the tool does.</summary>
internal static class Settings
{
    public static RehearseSettings Read(params string[] options)
    {
        var console = new CliConsole(TextWriter.Null, TextWriter.Null, IsLive: false, IsColoured: false);
        var command = new RehearseCommand(["program"], console, TimeProvider.System);
        var root = new RootCommand { command.Command };
        return SettingsReader.Read(new CommandLineValues(root.Parse(["rehearse", .. options]), ["program"]));
    }

    public static string MistakeIn(params string[] options) => Assert.Throws<QuiesceException>(() => Read(options)).Message;
}
