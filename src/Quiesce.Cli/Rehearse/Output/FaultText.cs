namespace Quiesce.Cli.Rehearse.Output;

/// <summary>A fault in one line for a person.</summary>
internal static class FaultText
{
    public static string Of(FaultSection fault)
    {
        string seen = string.Join(", ", fault.Seen.Select(static one => one.Count == 1 ? one.What : $"{ReportFormat.Count(one.Count)} {one.What}"));
        string met = fault.Met ? "So it was." : $"It was not so: {fault.NotMet}.";
        return $"Fault {fault.Fault}, played {ReportFormat.Count(fault.Played)} ×: {(seen.Length == 0 ? "nothing to be seen" : seen)}. Expected: {fault.Expected} {met}";
    }
}
