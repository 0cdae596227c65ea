using System.Globalization;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>What a reader should know before trusting the figures, although it is no failure.</summary>
internal static class ReportNotes
{
    // Below this share, single late sends are the scheduler's; above it the machine is too busy for the schedule.
    private const double LateShare = 0.02;

    public static IReadOnlyList<string> For(RehearsalRecord record) => [.. Late(record), .. SentAgain(record), .. ClientErrors(record), .. LeftBehind(record), .. Unchecked(record)];

    private static IEnumerable<string> Late(RehearsalRecord record)
    {
        if (record.Deployments?.Lateness is { Sent: > 0 } late && late.LateCount > late.Sent * LateShare)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The load generator was late with {late.LateCount} of {late.Sent} requests (at worst {late.Worst.TotalMilliseconds:F0} ms): "
                + $"this machine is too busy for the rate. Latencies are upper bounds.");
        }
    }

    private static IEnumerable<string> SentAgain(RehearsalRecord record)
    {
        if (record.Deployments?.Requests.Count(static request => request.SentAgain > 0) is > 0 and var count)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{count} requests of HTTP/2 were sent again: the server had said that it did nothing with them (REFUSED_STREAM, or a stream that GOAWAY "
                + $"leaves out). Clients do so by themselves, so they count as what became of them in the end.");
        }
    }

    // A mix that only collects 404 rehearses the router and nothing else.
    private static IEnumerable<string> ClientErrors(RehearsalRecord record) =>
        (record.Deployments?.Requests ?? record.NoStop?.Requests ?? [])
            .Where(static request => request is { Outcome: OutcomeClass.Ok, Status: >= 400 })
            .CountBy(static request => (request.Template.Name, request.Status))
            .OrderByDescending(static pair => pair.Value)
            .Select(static pair => $"{pair.Value} answers to {pair.Key.Name} were {pair.Key.Status}: whole, so counted as ok. Is the request right?");

    private static IEnumerable<string> LeftBehind(RehearsalRecord record) =>
    [
        .. LeftBehind((record.Deployments?.Stops ?? []).Concat(record.OtherFinalStops).Select(static stop => ($"Instance {stop.Instance}", stop.LeftBehind))),
        .. LeftBehind(
            (record.Deployments?.Stops ?? []).Append(record.FinalStop).SelectMany(static stop => stop?.Beside ?? [])
                .Select(static beside => ($"The {beside.Identity}", beside.LeftBehind))),
    ];

    private static IEnumerable<string> LeftBehind(IEnumerable<(string Who, IReadOnlyList<FamilyMember> Processes)> ends) =>
        ends.Where(static end => end.Processes.Count > 0)
            .Select(static end => $"{end.Who} ended before what it had started: {string.Join(", ", end.Processes.Take(3))}"
                + (end.Processes.Count > 3 ? $" and {end.Processes.Count - 3} more" : "") + " had to be ended, as a container ends with its first process.");

    private static IEnumerable<string> Unchecked(RehearsalRecord record)
    {
        if (record.Ledgers.Count == 0 && record.Deployments?.Stops.Any(static stop => stop.IsByKill) == true)
        {
            yield return "The deployments were by SIGKILL and there is no --ledger: whether anything that was acknowledged is missing, nobody has checked.";
        }
    }
}
