namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>What to start: everything one instance needs, with all placeholders replaced.</summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Environment">Added to, and winning over, the tool's own environment.</param>
/// <param name="LogPath">Where its output is kept, or <see langword="null"/>.</param>
/// <param name="SignalsEveryProcess">Whether a signal goes to whatever the program started too, as systemd does.</param>
internal sealed record ProgramStart(
    IReadOnlyList<string> Command,
    IReadOnlyDictionary<string, string> Environment,
    string? LogPath = null,
    bool SignalsEveryProcess = false);
