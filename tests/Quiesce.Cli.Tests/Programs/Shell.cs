using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Programs;

/// <summary>Starts small scripts as programs.</summary>
internal static class Shell
{
    public static ProgramProcess Start(string script, string? log = null) =>
        ProgramProcess.Start(new ProgramStart(["/bin/sh", "-c", script], new Dictionary<string, string>(), log), TimeProvider.System);

    public static async Task<ProgramExit> EndOfAsync(ProgramProcess program)
    {
        ProgramExit exit = await program.Exited.WaitAsync(TestTimeouts.Hang);
        await program.Output.Ended.WaitAsync(TestTimeouts.Hang);
        return exit;
    }

    /// <summary>Waits until a script that ends by itself has ended, and returns what it wrote.</summary>
    public static async Task<IReadOnlyList<string>> OutputOfAsync(string script)
    {
        ProgramProcess program = Start(script);
        await EndOfAsync(program);
        return program.Output.Last(OutputTail.Lines);
    }

    /// <summary>Whether a process with this id is there and not merely waiting to be reaped.</summary>
    public static bool IsAlive(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
