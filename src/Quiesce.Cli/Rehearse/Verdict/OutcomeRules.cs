using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Verdict;

/// <summary>What the classes mean for a verdict.</summary>
internal static class OutcomeRules
{
    /// <summary>Whether the client cannot know what the server did.</summary>
    public static bool IsUnsafe(OutcomeClass outcome) =>
        outcome is OutcomeClass.Reset or OutcomeClass.Truncated or OutcomeClass.ServerError or OutcomeClass.Timeout;

    /// <summary>Whether it fails a rehearsal: without a balancer there is nowhere else to go, so only what is unsafe does.</summary>
    public static bool Counts(BalancerKind balancer, OutcomeClass outcome) => balancer == BalancerKind.None ? IsUnsafe(outcome) : outcome != OutcomeClass.Ok;

    /// <summary>The name of a class in tables and in JSON.</summary>
    public static string NameOf(OutcomeClass outcome) => outcome switch
    {
        OutcomeClass.Ok => "ok",
        OutcomeClass.Refused => "refused",
        OutcomeClass.Unavailable => "unavailable",
        OutcomeClass.Reset => "reset",
        OutcomeClass.Truncated => "truncated",
        OutcomeClass.ServerError => "serverError",
        OutcomeClass.Timeout => "timeout",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Unknown class."),
    };
}
