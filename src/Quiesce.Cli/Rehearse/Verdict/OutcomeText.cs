using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Verdict;

/// <summary>The classes in words for a person.</summary>
internal static class OutcomeText
{
    public static string Of(OutcomeClass outcome) => outcome switch
    {
        OutcomeClass.Ok => "ok",
        OutcomeClass.Refused => "refused",
        OutcomeClass.Unavailable => "503 with Retry-After",
        OutcomeClass.Reset => "reset",
        OutcomeClass.Truncated => "truncated",
        OutcomeClass.ServerError => "server error",
        OutcomeClass.Timeout => "timeout",
        _ => outcome.ToString(),
    };
}
