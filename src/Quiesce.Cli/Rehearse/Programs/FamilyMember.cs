namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>A process that a program started.</summary>
/// <param name="Id">Its process id.</param>
/// <param name="Command">How it was called, as far as that could be read.</param>
internal sealed record FamilyMember(int Id, string Command)
{
    // One line of a table; the beginning tells processes apart.
    private const int Longest = 60;

    public static FamilyMember Of(int id)
    {
        try
        {
            string command = File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ').Trim();
            return new FamilyMember(id, command.Length <= Longest ? command : command[..(Longest - 1)] + "…");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new FamilyMember(id, "?"); // It ended while we looked.
        }
    }

    public override string ToString() => $"'{Command}' (process {Id})";
}
