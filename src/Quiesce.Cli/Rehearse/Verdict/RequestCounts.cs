using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Verdict;

/// <summary>How many requests ended in each class.</summary>
internal sealed record RequestCounts
{
    private readonly Dictionary<OutcomeClass, int> _byClass;

    private RequestCounts(Dictionary<OutcomeClass, int> byClass) => _byClass = byClass;

    public int Total => _byClass.Values.Sum();

    /// <summary>Everything that is not ok: what a client behind a balancer sees.</summary>
    public int Failures => Total - Of(OutcomeClass.Ok);

    /// <summary>The client cannot know what the server did.</summary>
    public int Unsafe => _byClass.Where(static pair => OutcomeRules.IsUnsafe(pair.Key)).Sum(static pair => pair.Value);

    public static RequestCounts From(IEnumerable<RequestRecord> requests) =>
        new(requests.CountBy(static request => request.Outcome).ToDictionary());

    public int Of(OutcomeClass outcome) => _byClass.GetValueOrDefault(outcome);
}
