namespace Quiesce.Cli.Rehearse.Output;

/// <summary>Losses that look alike: one line of the table. JSON has each alone.</summary>
internal sealed record LossGroup(string Outcome, string Request, string Connection, string Sent, string Ended, IReadOnlyList<LossSection> Losses)
{
    public static IReadOnlyList<LossGroup> From(IEnumerable<LossSection> losses) =>
    [
        .. losses.GroupBy(static loss => (loss.Outcome, loss.Request, Connection: ConnectionOf(loss), loss.SentPhase, loss.EndedPhase))
            .Select(static group => new LossGroup(
                group.Key.Outcome, group.Key.Request, group.Key.Connection, group.Key.SentPhase, group.Key.EndedPhase, [.. group]))
            .OrderByDescending(static group => group.Losses.Count),
    ];

    /// <summary>When they were sent, in milliseconds from the signal: <c>-12 to +300</c>.</summary>
    public string SinceSignal
    {
        get
        {
            double[] times = [.. Losses.Select(static loss => loss.MillisecondsSinceSignal).OfType<double>()];
            if (times.Length == 0) { return "-"; }
            string first = Signed(times.Min()), last = Signed(times.Max());
            return first == last ? first : $"{first} to {last}";
        }
    }

    /// <summary>Where the instance stood when the request was sent, and when the client knew that it was lost.</summary>
    public string Way => Sent == Ended ? PhaseText.Of(Sent) : $"{PhaseText.Of(Sent)} → {PhaseText.Of(Ended)}";

    public string Deployments => string.Join(",", Losses.Select(static loss => loss.Deployment).Distinct().Order());

    private static string ConnectionOf(LossSection loss) => loss switch
    {
        { ConnectionUses: 0 } => "new",
        { UsedDuringAnnounce: true } => "reused, announced",
        { LastUseMillisecondsSinceSignal: null } => "reused",
        _ => "reused, silent",
    };

    private static string Signed(double milliseconds) =>
        milliseconds.ToString("+0;-0;0", System.Globalization.CultureInfo.InvariantCulture);
}
