namespace Quiesce.Cli.Rehearse.Verdict;

/// <summary>The verdict and why.</summary>
/// <param name="Outcome">Pass, fail, or not given.</param>
/// <param name="Reasons">Each thing that failed, or why there is no verdict; empty for a pass.</param>
internal sealed record RehearsalVerdict(VerdictOutcome Outcome, IReadOnlyList<string> Reasons)
{
    public int ExitCode => Outcome switch
    {
        VerdictOutcome.Pass => ExitCodes.Pass,
        VerdictOutcome.Fail => ExitCodes.Fail,
        _ => ExitCodes.NoVerdict,
    };
}
