using System.Globalization;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Tests.Programs;

namespace Quiesce.Cli.Tests.EndToEnd;

/// <summary>A network namespace with nothing but loopback, whose counters begin at zero and count one command alone.</summary>
internal static class LonelyNetwork
{
    // Loopback is down in a new namespace. SIOCSIFFLAGS with IFF_UP; perl is part of every Debian, ip is not.
    private const string LoopbackUp = "perl -e '$r = pack(\"a16 s x22\", \"lo\", 1); socket(S, 2, 2, 0) and ioctl(S, 0x8914, $r) or die $!'";

    public static async Task RequireOrSkipAsync()
    {
        (ProgramExit exit, _) = await RunAsync(["true"]);
        Assert.SkipUnless(
            exit.Status.Code == 0, "A network namespace cannot be made here: it takes root, or unprivileged user namespaces, with unshare (util-linux) and perl.");
    }

    /// <summary>Runs a command, and says how many connects were refused meanwhile, as the kernel counted.</summary>
    public static async Task<int> CountRefusedAsync(IReadOnlyList<string> command)
    {
        (ProgramExit exit, IReadOnlyList<string> output) = await RunAsync(command);

        // "Tcp: RtoAlgorithm … AttemptFails …", and under it the numbers.
        string[][] tcp = [.. output.Where(static line => line.StartsWith("Tcp: ", StringComparison.Ordinal)).TakeLast(2).Select(static line => line.Split(' '))];
        Assert.True(tcp.Length == 2, $"{exit.Status}: {string.Join('\n', output)}");
        return int.Parse(tcp[1][Array.IndexOf(tcp[0], "AttemptFails")], CultureInfo.InvariantCulture);
    }

    private static async Task<(ProgramExit Exit, IReadOnlyList<string> Output)> RunAsync(IReadOnlyList<string> command)
    {
        string script = $"{LoopbackUp} && {{ \"$@\"; cat /proc/net/snmp; }}";
        string[] unshare = Environment.IsPrivilegedProcess ? ["unshare", "--net"] : ["unshare", "--net", "--map-root-user"];
        ProgramProcess program = ProgramProcess.Start(
            new ProgramStart([.. unshare, "/bin/sh", "-c", script, "sh", .. command], new Dictionary<string, string>()), TimeProvider.System);
        ProgramExit exit = await Shell.EndOfAsync(program);
        return (exit, program.Output.Last(OutputTail.Lines));
    }
}
