namespace Quiesce.Cli;

/// <summary>The exit codes of the tool. They are API: pipelines act on them.</summary>
internal static class ExitCodes
{
    /// <summary>The rehearsal passed.</summary>
    public const int Pass = 0;

    /// <summary>The rehearsal failed: something was lost, killed, or left with the wrong exit code.</summary>
    public const int Fail = 1;

    /// <summary>The command line or a file it names cannot be used.</summary>
    public const int Usage = 2;

    /// <summary>The program under rehearsal did not start, never got ready, left its port, or ended by itself.</summary>
    public const int Program = 3;

    /// <summary>No verdict: a baseline or a ledger says that the figures prove nothing.</summary>
    public const int NoVerdict = 4;

    /// <summary>A defect of the tool itself.</summary>
    public const int Defect = 70;

    /// <summary>What a shell reports for "ended by this signal": 130 for SIGINT, 143 for SIGTERM.</summary>
    public const int SignalBase = 128;

    /// <summary>For <c>--help</c>.</summary>
    public static IReadOnlyList<(string Code, string Meaning)> Descriptions { get; } =
    [
        ("0", "pass"),
        ("1", "fail: something was lost, killed at the grace, or left with an exit code that was not accepted"),
        ("2", "the command line, or a file it names, cannot be used"),
        ("3", "the program under rehearsal did not start, never got ready, left its port, or ended by itself"),
        ("4", "no verdict: a baseline or a ledger says that the figures prove nothing"),
        ("70", "a defect of the tool"),
        ("130, 143", "interrupted by SIGINT or SIGTERM; every process it started was ended"),
    ];
}
