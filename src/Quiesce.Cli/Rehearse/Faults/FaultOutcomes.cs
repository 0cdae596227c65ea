using System.Globalization;

namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>Says what became of a fault, and whether that is what was expected.</summary>
internal static class FaultOutcomes
{
    public const string Answered = "answered", CutOff = "cut off in the middle of the answer", Closed = "closed by the program", Reset = "reset by the program",
        Refused = "not connected", GaveUp = "given up after the instance had gone";

    public static FaultRecord OfClients(Fault fault, IReadOnlyList<FaultResult> clients, TimeSpan grace)
    {
        Dictionary<string, int> seen = clients.CountBy(static client => NameOf(client) + WhenOf(client)).ToDictionary();
        return new FaultRecord(fault, clients.Count, seen, fault.Kind == FaultKind.SlowClients ? ExplainSlow(clients, grace) : null);
    }

    public static FaultRecord OfSignal(Fault fault, bool sent) =>
        new(fault, sent ? 1 : 0, Once(sent ? "sent" : "not sent, the instance had gone"));

    public static FaultRecord OfHelper(Fault fault, bool wasFirst) =>
        new(fault, 1, Once(wasFirst ? "the helper had gone first" : "the instance had gone first"));

    // Its request is whole, or becomes so in a second, so the program owes it an answer; but not one that takes for ever.
    private static string? ExplainSlow(IReadOnlyList<FaultResult> clients, TimeSpan grace)
    {
        TimeSpan[] cut = [.. clients.Where(client => client.IsBroken && client.After < grace / 2).Select(static client => client.After)];
        if (cut.Length == 0) { return null; }
        string when = cut.Min() < TimeSpan.Zero
            ? "before the signal"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{cut.Min().TotalSeconds:0.##} s after the signal, before half of the grace of {grace.TotalSeconds} s had passed");
        return $"{cut.Length} of {clients.Count} slow clients were cut off {when}.";
    }

    private static Dictionary<string, int> Once(string what) => new() { [what] = 1 };

    private static string NameOf(FaultResult client) => client.End switch
    {
        FaultEnd.Answered => client.Status >= 400 ? $"{Answered} with {client.Status}" : Answered,
        FaultEnd.CutOff => CutOff,
        FaultEnd.Closed => Closed,
        FaultEnd.Reset => Reset,
        FaultEnd.Refused => Refused,
        _ => GaveUp,
    };

    // The stop met it elsewhere than the fault wants it: whoever reads the result must not take it for one that was met there.
    private static string WhenOf(FaultResult client) =>
        client.After < TimeSpan.Zero ? ", before the signal" : client.WasReady ? "" : ", not there yet at the signal";
}
