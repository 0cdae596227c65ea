namespace Quiesce.Cli.Rehearse.Verdict;

/// <summary>What comes out of a rehearsal.</summary>
internal enum VerdictOutcome
{
    Pass,
    Fail,

    /// <summary>The figures prove nothing, or nobody asked for the proof.</summary>
    NotGiven,
}
