using System.Globalization;
using System.Text;

namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>Finds the processes that a program started and left behind, and ends each by its own id.</summary>
/// <remarks>
/// A process belongs to the family if it is in the program's session, or if its environment carries the program's mark: the second finds
/// what moved to a session of its own, as daemons do. Never by name: a name is shared with processes that are none of our business.
/// </remarks>
internal static class ProgramFamily
{
    /// <summary>The environment variable that marks every process of one instance.</summary>
    public const string MarkVariable = "QUIESCE_INSTANCE";

    // Ending one process may let its parent start another; a fork bomb is not ours to win against.
    // And one that was killed is still there until a core has time for its end: on a busy machine that takes many looks.
    private const int Rounds = 500;

    // Most are over in a look or two.
    private const int QuickLooks = 10;

    /// <summary>Ends whatever is left and returns what it was. The program itself must not be reaped yet: its id names the session.</summary>
    public static IReadOnlyList<FamilyMember> End(int session, string mark)
    {
        var ended = new List<FamilyMember>();
        for (int round = 0; round < Rounds; round++)
        {
            List<int> living = Find(session, mark);
            if (living.Count == 0) { break; }
            foreach (int pid in living)
            {
                if (ended.TrueForAll(member => member.Id != pid)) { ended.Add(FamilyMember.Of(pid)); }
                _ = Libc.Kill(pid, Signals.Kill);
            }
        }

        return ended;
    }

    /// <summary>The living members of the family, without the program itself.</summary>
    public static List<int> Find(int session, string mark)
    {
        byte[] wanted = Encoding.UTF8.GetBytes($"{MarkVariable}={mark}");
        var found = new List<int>();
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out int pid)
                && pid != session && pid != Environment.ProcessId && IsMember(directory, session, wanted))
            {
                found.Add(pid);
            }
        }

        return found;
    }

    private static bool IsMember(string directory, int session, byte[] wanted)
    {
        try
        {
            string[] stat = StatOf(directory);
            if (stat[Stat.State] is "Z" or "X" || stat[Stat.MemorySize] == "0") { return false; } // Ended, or the kernel's own.
            return stat[Stat.Session] == session.ToString(CultureInfo.InvariantCulture)
                || CarriesMark(directory, wanted);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // It ended while we looked, or it belongs to somebody else.
        }
    }

    /// <summary>A process that is just becoming another program shows no environment, or the first part of its old one. Taken for a stranger at
    /// that moment, it would outlive its program: a mark that is missing counts only if it was the same program before and after. It may have no
    /// core just then, for longer than a number of looks takes on a busy machine, so those after the first ones are a millisecond apart.</summary>
    /// <remarks>An execve(2) clears both places, then sets the environment's end, for a moment as if it were empty, and the code's start after that: as long as
    /// the code has no start, the environment says nothing (load_elf_binary, Linux 6.18).</remarks>
    private static bool CarriesMark(string directory, byte[] wanted)
    {
        for (int round = 0; round < Rounds; round++)
        {
            if (round > QuickLooks) { Thread.Sleep(1); }

            string[] before = StatOf(directory);
            if (File.ReadAllBytes($"{directory}/environ").AsSpan().IndexOf(wanted) >= 0) { return true; }

            // No code: between two programs. Another end of the environment: another program, at another place in memory.
            if (before[Stat.CodeStart] != "0" && before[Stat.EnvironmentEnd] == StatOf(directory)[Stat.EnvironmentEnd]) { return false; }
        }

        return false;
    }

    /// <summary>"pid (name) state ppid pgrp session …": the name may hold anything, so the fields count from its closing bracket.</summary>
    private static string[] StatOf(string directory)
    {
        string stat = File.ReadAllText($"{directory}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    /// <summary>Where a field is, counted from the name's closing bracket: proc_pid_stat(5) counts from the process' id and from one.</summary>
    private static class Stat
    {
        public const int State = 0, Session = 3, MemorySize = 20, CodeStart = 23, EnvironmentEnd = 48;
    }
}
