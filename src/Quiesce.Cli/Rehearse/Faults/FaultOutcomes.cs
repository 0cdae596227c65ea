using System.Globalization;

namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>Says what became of a fault, and whether that is what was expected.</summary>
internal static class FaultOutcomes
{
    public const string Answered = "answered", Closed = "closed by the program", Refused = "not connected", GaveUp = "given up after the instance had gone";

    public static FaultRecord OfClients(Fault fault, IReadOnlyList<(FaultEnd End, TimeSpan After)> clients, TimeSpan grace)
    {
        Dictionary<string, int> seen = clients.CountBy(static client => NameOf(client.End)).ToDictionary();
        return new FaultRecord(fault, clients.Count, seen, fault.Kind == FaultKind.SlowClients ? ExplainSlow(clients, grace) : null);
    }

    public static FaultRecord OfSignal(Fault fault, bool sent) =>
        new(fault, sent ? 1 : 0, Once(sent ? "sent" : "not sent, the instance had gone"));

    public static FaultRecord OfHelper(Fault fault, bool wasFirst) =>
        new(fault, 1, Once(wasFirst ? "the helper had gone first" : "the instance had gone first"));

    // Its request was whole, so the program owes it an answer; but not one that takes for ever.
    private static string? ExplainSlow(IReadOnlyList<(FaultEnd End, TimeSpan After)> clients, TimeSpan grace)
    {
        TimeSpan[] cut = [.. clients.Where(client => client.End == FaultEnd.Closed && client.After < grace / 2).Select(static client => client.After)];
        return cut.Length == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{cut.Length} of {clients.Count} slow clients were cut off {cut.Min().TotalSeconds:0.##} s after the signal, before half of the grace of {grace.TotalSeconds} s had passed.");
    }

    private static Dictionary<string, int> Once(string what) => new() { [what] = 1 };

    private static string NameOf(FaultEnd end) => end switch
    {
        FaultEnd.Answered => Answered,
        FaultEnd.Closed => Closed,
        FaultEnd.Refused => Refused,
        _ => GaveUp,
    };
}
