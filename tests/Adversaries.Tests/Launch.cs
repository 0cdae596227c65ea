namespace Adversaries.Tests;

/// <summary>The surroundings a process is started in.</summary>
internal sealed record Launch
{
    /// <summary>Programs that start the process, each replaced by the next.</summary>
    public string[] Through { get; init; } = [];

    /// <summary>Whether somebody reads standard error; if not, the pipe fills up.</summary>
    public bool ErrorsAreRead { get; init; } = true;

    /// <summary>Whether standard error is a pipe whose reader has gone.</summary>
    public bool ErrorsAreShut { get; init; }

    /// <summary>Where the report is to go, seen from the process' own folder.</summary>
    public string ReportFile { get; init; } = "report.json";
}
