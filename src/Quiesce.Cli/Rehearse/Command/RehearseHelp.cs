using System.CommandLine;
using System.CommandLine.Invocation;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>The help page of <c>quiesce rehearse</c>: the generated one knows neither groups, nor what follows <c>--</c>, nor exit codes.</summary>
internal sealed class RehearseHelp(CliConsole console) : SynchronousCommandLineAction
{
    private const int Indent = 26, Width = 100;

    private static readonly (string About, string Command)[] _examples =
    [
        ("a program that reads PORT, as Kubernetes would replace it", "quiesce rehearse -- node server.js"),
        ("the port as an argument, what clients really do, and a page to look at",
            "quiesce rehearse --requests mix.http --html page.html -- uvicorn app:app --port {port}"),
        ("a restart by systemd, on the port the program insists on", "quiesce rehearse --orchestrator systemd --port 8080 -- ./server"),
        ("requests that stop half-way and a burst, as the signal comes", "quiesce rehearse --fault half-sent,burst=100 -- ./server --port {port}"),
        ("a web front and its worker, side by side; effects may come 10 s later than the answer",
            "quiesce rehearse --beside ./worker --requests mix.http --ledger jobs=done.txt --settle 10 -- ./web"),
        ("a failure that happened to others: the race for an idle connection", "quiesce rehearse --story S04 -- ./server --port {port}"),
        ("in CI", "quiesce rehearse --deployments 5 --junit rehearsal.xml --markdown summary.md -- dotnet Orders.dll"),
    ];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = console.Out;
        output.WriteLine("Deploy a program again and again under load, as an orchestrator would, and count what is lost.");
        output.WriteLine();
        output.WriteLine("  quiesce rehearse [options] -- <command> [args…]");
        output.WriteLine();
        output.WriteLine("{port} in the arguments becomes the port to listen on; PORT and ASPNETCORE_URLS are set as well.");
        foreach ((string title, IReadOnlyList<OptionSpec> options) in RehearseOptions.Groups)
        {
            output.WriteLine();
            output.WriteLine(title);
            foreach (OptionSpec spec in options) { WriteItem($"{spec.Name} {spec.Value}".TrimEnd(), Text(spec)); }
        }

        output.WriteLine();
        output.WriteLine("Examples");
        foreach ((string about, string example) in _examples)
        {
            output.WriteLine($"  # {about}");
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
        output.WriteLine("Exit codes");
        foreach ((string code, string meaning) in ExitCodes.Descriptions) { WriteItem(code, meaning); }
        return ExitCodes.Pass;
    }

    private static string Text(OptionSpec spec) => spec.Default is null ? spec.Help : $"{spec.Help} (default {spec.Default})";

    private void WriteItem(string name, string text)
    {
        string start = $"  {name}";
        if (start.Length >= Indent) { console.Out.WriteLine(start); }
        string line = start.Length >= Indent ? new string(' ', Indent) : start.PadRight(Indent);
        foreach (string word in text.Split(' '))
        {
            if (line.Length + word.Length > Width)
            {
                console.Out.WriteLine(line.TrimEnd());
                line = new string(' ', Indent);
            }

            line += word + " ";
        }

        console.Out.WriteLine(line.TrimEnd());
    }
}
