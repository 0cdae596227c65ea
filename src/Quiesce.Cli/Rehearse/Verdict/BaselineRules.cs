using Quiesce.Cli.Rehearse.Deployments;

namespace Quiesce.Cli.Rehearse.Verdict;

/// <summary>What the baselines must show before any verdict: a rig that cannot fail proves nothing, and neither does one that always does.</summary>
internal static class BaselineRules
{
    /// <summary>Why the load without a stop forbids a verdict, or <see langword="null"/>.</summary>
    public static string? ExplainNoStop(Segment noStop)
    {
        RequestCounts counts = RequestCounts.From(noStop.Requests);
        if (counts.Total == 0) { return "No request was sent in the baseline without a stop. Raise --rate."; }
        if (counts.Failures == 0) { return null; }
        string what = string.Join(", ", noStop.Requests
            .Where(static request => request.Outcome != Load.OutcomeClass.Ok)
            .CountBy(static request => $"{OutcomeRules.NameOf(request.Outcome)} of {request.Template.Name}{Because(request.Detail)}")
            .OrderByDescending(static pair => pair.Value).Take(3).Select(static pair => $"{pair.Value} {pair.Key}"));
        return $"{counts.Failures} of {counts.Total} requests failed without any stop ({what}). "
            + "The program or this machine cannot carry the load; correct the requests, or lower --rate.";
    }

    /// <summary>Why the load across a SIGKILL forbids a verdict, or <see langword="null"/>.</summary>
    public static string? ExplainKill(Segment kill)
    {
        RequestCounts counts = RequestCounts.From(kill.Requests);
        return counts.Failures > 0
            ? null
            : $"A SIGKILL under load lost none of {counts.Total} requests, so this load would not see a loss. Raise --rate, or rehearse longer requests.";
    }

    private static string Because(string? detail) => detail is null ? "" : $": {detail}";
}
