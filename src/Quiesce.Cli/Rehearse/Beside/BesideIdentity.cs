namespace Quiesce.Cli.Rehearse.Beside;

/// <summary>Which instance of which beside service. In messages it never reads like an instance of the program.</summary>
/// <param name="Service">1 for the first <c>--beside</c>.</param>
/// <param name="Instance">1 for the first that was started.</param>
/// <param name="Command">As on the command line.</param>
internal sealed record BesideIdentity(int Service, int Instance, string Command)
{
    // Enough to recognise it by: a whole script would hide what the message says.
    private const int ShownCharacters = 60;

    /// <summary>Gets which service it is, whatever the instance.</summary>
    public string Name
    {
        get
        {
            string line = Command.ReplaceLineEndings(" ");
            return $"beside service '{(line.Length <= ShownCharacters ? line : line[..(ShownCharacters - 1)] + "…")}'";
        }
    }

    public override string ToString() => $"{Name} (instance {Instance})";
}
