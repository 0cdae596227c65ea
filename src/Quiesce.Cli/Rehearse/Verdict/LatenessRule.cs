using System.Globalization;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Verdict;

/// <summary>When the load generator was held up too much for a verdict.</summary>
internal static class LatenessRule
{
    // A tenth of the load at the wrong moment is another load than the one that was asked for.
    private const double Share = 0.1;

    /// <summary>Why there can be no verdict, or <see langword="null"/>.</summary>
    /// <param name="lateness">How late the load was.</param>
    /// <param name="losses">Those that fail a rehearsal.</param>
    /// <remarks>A late generator misses losses and makes timeouts, because the client's limit runs from the scheduled instant. It makes
    /// no refusal and no reset: those stand.</remarks>
    public static string? Explain(LoadLateness? lateness, IReadOnlyList<Loss> losses)
    {
        if (lateness is not { Sent: > 0 } late || late.LateCount <= late.Sent * Share) { return null; }
        return losses.Any(static loss => loss.Request.Outcome != OutcomeClass.Timeout)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"This machine held the load up: {late.LateCount} of {late.Sent} requests were more than {LoadDefaults.Late.TotalMilliseconds} ms late, at "
                + $"worst {late.Worst.TotalMilliseconds:F0} ms. Lower --rate, or rehearse where nothing else runs.");
    }
}
