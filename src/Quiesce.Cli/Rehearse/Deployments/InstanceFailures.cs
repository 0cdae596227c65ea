using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Rehearse.Readiness;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>The messages for a program that does not do its part, each with the last lines that it wrote.</summary>
internal static class InstanceFailures
{
    private const int ShownLines = 10;

    // The pipe ends with the process, but its last block may still be on the way through our thread.
    private static readonly TimeSpan _outputLimit = TimeSpan.FromSeconds(1);

    public static async Task<QuiesceException> EndedBeforeReadyAsync(ProgramProcess program, int number, TimeProvider time)
    {
        ProgramExit exit = await program.Exited;
        string output = await OutputAsync(program, time);
        string remedy = exit.LeftBehind.Count > 0
            ? $"It left {exit.LeftBehind[0]} running, which was ended: did it fork into the background? Start it in the foreground, "
              + "as in a container (nginx: -g 'daemon off;')."
            : number > 1
            ? "An earlier instance did start: does the program keep something to itself (a port, a lock, a file) that two cannot share?"
            : "Start the command by hand to see why.";
        return new QuiesceException(ExitCodes.Program, $"Instance {number} ended before it was ready ({exit.Status}). {remedy}{output}");
    }

    public static QuiesceException NeverReady(ProgramProcess program, int number, int port, RehearseSettings settings)
    {
        IReadOnlyList<int> others = [.. program.ListeningPorts().Where(other => other != port)];
        string what = ListenerWatch.IsListening(port)
            ? $"It listens on port {port}, but {settings.Ready} {Missing(settings.Ready)}. "
              + "Choose another sign with --ready (a path, a URL, tcp, or line:TEXT), or raise --ready-timeout."
            : others.Count > 0
            ? $"It listens on port {string.Join(", ", others)} instead of {port}. Hand the port over, by {{port}} in its arguments or by the "
              + $"variable PORT; or rehearse it where it is: --balancer none --port {others[0]}."
            : $"Nothing listens on port {port}. The program must take it from {{port}} in its arguments, PORT or ASPNETCORE_URLS; "
              + "if it only starts slowly, raise --ready-timeout.";
        return new QuiesceException(
            ExitCodes.Program,
            $"Instance {number} was not ready within {settings.ReadyTimeout.TotalSeconds} s. {what}{Format(program.Output.Last(ShownLines))}");
    }

    public static QuiesceException NoHttp2(ProgramProcess program, Endpoint endpoint, string what)
    {
        string remedy = endpoint.Http2Port is null
            ? "If that needs a port of its own, as in Kestrel, have the program listen on {http2-port}, in its arguments or as --env NAME={http2-port}"
            : "{http2-port} is for a listener that speaks nothing else (Kestrel: HttpProtocols.Http2)";
        return new QuiesceException(
            ExitCodes.Program,
            $"Instance {endpoint.Instance} does not speak HTTP/2 without TLS on port {endpoint.Http2Address.Port}: {what}. Requests of '# @kind http2' go there, "
            + $"by prior knowledge. {remedy}; or leave that kind out of --requests.{Format(program.Output.Last(ShownLines))}");
    }

    public static async Task<QuiesceException> EndedByItselfAsync(ProgramProcess program, int number, TimeProvider time)
    {
        ProgramExit exit = await program.Exited;
        string output = await OutputAsync(program, time);
        return new QuiesceException(
            ExitCodes.Program,
            $"Instance {number} ended by itself ({exit.Status}), before it was told to leave. A rehearsal needs a program that runs until then.{output}");
    }

    public static QuiesceException LeftItsPort(Instance instance)
    {
        IReadOnlyList<int> others = instance.Program.ListeningPorts();
        string where = others.Count > 0 ? $"It listens on port {string.Join(", ", others)} now" : "It runs on and listens nowhere";
        return new QuiesceException(
            ExitCodes.Program,
            $"Instance {instance.Number} was ready on port {instance.Port} and then left that port, before it was told to leave. {where}, and whoever was told "
            + $"of port {instance.Port} is refused. Let it keep the port that it was given until it has left. If what listened there first only makes way for the program "
            + "(a launcher, a page that says 'starting'), give {port} to the program alone, or choose a sign with --ready that only the program gives."
            + Format(instance.Program.Output.Last(ShownLines)));
    }

    /// <summary>For what runs with the program, a helper or a beside service, and never listened.</summary>
    public static async Task<QuiesceException> NotListeningAsync(
        ProgramProcess program, string who, int port, string remedy, RehearseSettings settings, TimeProvider time)
    {
        string what = program.Exited.IsCompleted
            ? $"ended before it listened on port {port} ({(await program.Exited).Status})"
            : $"did not listen on port {port} within {settings.ReadyTimeout.TotalSeconds} s (--ready-timeout)";
        string output = program.Exited.IsCompleted ? await OutputAsync(program, time) : Format(program.Output.Last(ShownLines));
        return new QuiesceException(ExitCodes.Program, $"The {who} {what}. {remedy}{output}");
    }

    /// <summary>For what runs with the program and ended before it.</summary>
    public static async Task<QuiesceException> EndedUntoldAsync(ProgramProcess program, string who, TimeProvider time)
    {
        ProgramExit exit = await program.Exited;
        string output = await OutputAsync(program, time);
        return new QuiesceException(
            ExitCodes.Program, $"The {who} ended by itself ({exit.Status}), before anybody told it to leave.{output}");
    }

    private static string Missing(ReadinessRule rule) => rule.Kind switch
    {
        ReadinessKind.Http => "got no answer below 500",
        ReadinessKind.Line => "was not written",
        _ => "was not accepted",
    };

    private static async Task<string> OutputAsync(ProgramProcess program, TimeProvider time)
    {
        await Task.WhenAny(program.Output.Ended, Task.Delay(_outputLimit, time));
        return Format(program.Output.Last(ShownLines));
    }

    private static string Format(IReadOnlyList<string> lines)
    {
        string newLine = Environment.NewLine;
        return lines.Count == 0
            ? $"{newLine}It wrote nothing."
            : $"{newLine}The last it wrote:{newLine}{string.Join(newLine, lines.Select(static line => "  | " + line))}";
    }
}
