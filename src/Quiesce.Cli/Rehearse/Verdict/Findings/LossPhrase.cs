using System.Globalization;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Verdict.Findings;

/// <summary>What happened to some requests, when, and on which connections, in one sentence.</summary>
internal static class LossPhrase
{
    public static string Of(IReadOnlyList<Loss> losses)
    {
        string what = string.Join(" and ", losses.CountBy(static loss => loss.Request.Outcome).OrderByDescending(static pair => pair.Value)
            .Select(static pair => Verb(pair.Value, pair.Key)));
        return $"{what}{When(losses)}{Where(losses)}.";
    }

    private static string Verb(int count, OutcomeClass outcome)
    {
        string number = count.ToString("N0", CultureInfo.InvariantCulture), was = count == 1 ? "was" : "were", s = count == 1 ? "" : "s";
        return outcome switch
        {
            OutcomeClass.Refused => $"{number} connection{s} {was} refused",
            OutcomeClass.Reset => $"{number} request{s} {was} reset",
            OutcomeClass.Truncated => $"{number} answer{s} {was} cut off",
            OutcomeClass.Unavailable => $"{number} request{s} {was} turned away (503 with Retry-After)",
            OutcomeClass.ServerError => $"{number} request{s} failed with a server error",
            _ => $"{number} request{s} got no answer in time",
        };
    }

    private static string When(IReadOnlyList<Loss> losses)
    {
        double[] times = [.. losses.Select(static loss => loss.SinceSignal?.TotalMilliseconds).OfType<double>()];
        if (times.Length == 0) { return ""; }
        double first = Math.Round(times.Min()), last = Math.Round(times.Max());
        FormattableString text = (first, last) switch
        {
            _ when first == last => first < 0 ? (FormattableString)$", sent {-first:F0} ms before the signal" : $" {first:F0} ms after the signal",
            ( < 0, <= 0) => $", sent {-first:F0} to {-last:F0} ms before the signal",
            ( < 0, _) => $", sent from {-first:F0} ms before to {last:F0} ms after the signal",
            _ => $" {first:F0} to {last:F0} ms after the signal",
        };
        return text.ToString(CultureInfo.InvariantCulture);
    }

    private static string Where(IReadOnlyList<Loss> losses)
    {
        // A refused connection is always a new one.
        if (losses.All(static loss => loss.Request.Outcome == OutcomeClass.Refused)) { return ""; }
        int reused = losses.Count(static loss => loss.IsReused);
        if (losses.Count == 1) { return reused == 1 ? " on a reused connection" : " on a new connection"; }
        if (reused == losses.Count) { return " on reused connections"; }
        return reused == 0 ? " on new connections" : $", {reused} of them on reused connections";
    }
}
