using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Verdict;

namespace Quiesce.Cli.Rehearse.Ledger;

/// <summary>Tells <em>done but not acknowledged</em>, <em>acknowledged but not done</em> and <em>done twice</em> apart.</summary>
/// <remarks>Counting errors at the client alone cannot: a reset says nothing about the effect.</remarks>
internal static class LedgerJoin
{
    /// <param name="name">The ledger.</param>
    /// <param name="ids">Its lines, one for each effect.</param>
    /// <param name="requests">Every request of the deployments.</param>
    public static LedgerResult Join(string name, IReadOnlyCollection<string> ids, IEnumerable<RequestRecord> requests)
    {
        RequestRecord[] withEffect = [.. requests.Where(static request => request.Template.HasEffect)];
        Dictionary<string, int> times = ids.CountBy(static id => id).ToDictionary();
        int TimesOf(RequestRecord request) => times.GetValueOrDefault(request.Id);

        int own = withEffect.Sum(TimesOf);
        return new LedgerResult(
            name,
            own,
            ids.Count - own,
            withEffect.Count(static request => request.IsAcknowledged),
            Select(withEffect, TimesOf, request => request.IsAcknowledged && TimesOf(request) == 0),
            Select(withEffect, TimesOf, request => !request.IsAcknowledged && TimesOf(request) > 0),
            Select(withEffect, TimesOf, request => TimesOf(request) > 1));
    }

    private static LedgerEntry[] Select(RequestRecord[] requests, Func<RequestRecord, int> timesOf, Func<RequestRecord, bool> wanted) =>
    [
        .. requests.Where(wanted).Select(request =>
            new LedgerEntry(request.Id, request.Template.Name, request.Outcome, request.Status, timesOf(request))),
    ];
}
