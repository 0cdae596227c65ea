using System.Globalization;
using Quiesce.Cli.Rehearse.Command;

namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>Reads <c>--fault half-sent,burst=100</c>.</summary>
internal static class FaultReader
{
    private const int MostClients = 1000;
    private const double LongestSeconds = 3600;

    public static IReadOnlyList<Fault> Read(CommandLineValues values, Mistakes mistakes)
    {
        var faults = new List<Fault>();
        foreach (string text in values.Of(RehearseOptions.Fault).SelectMany(static value => value.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (ReadOne(text, mistakes) is not { } fault) { continue; }
            if (faults.Exists(other => other.Kind == fault.Kind)) { mistakes.Add($"--fault names {fault.Spec.Name} twice. Name it once."); }
            else { faults.Add(fault); }
        }

        return faults;
    }

    private static Fault? ReadOne(string text, Mistakes mistakes)
    {
        string[] parts = text.Split('=', 2);
        if (FaultCatalog.Find(parts[0]) is not { } spec)
        {
            mistakes.Add($"--fault is '{text}'; known are {string.Join(", ", FaultCatalog.All.Select(static one => one.Usage))}.");
            return null;
        }

        Fault? fault = ReadValue(new Fault(spec.Kind), spec, parts.Length == 2 ? parts[1] : spec.Default, isGiven: parts.Length == 2);
        if (fault is null) { mistakes.Add($"--fault is '{text}'; write {spec.Usage}{Range(spec.Value)}."); }
        return fault;
    }

    private static Fault? ReadValue(Fault fault, FaultSpec spec, string value, bool isGiven) => spec.Value switch
    {
        null => isGiven ? null : fault,
        _ when value.Length == 0 => isGiven ? null : fault,
        FaultValue.Count => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= MostClients
            ? fault with { Count = count } : null,
        FaultValue.Seconds => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds <= LongestSeconds
            ? fault with { After = TimeSpan.FromSeconds(seconds) } : null,
        _ => RequestLine.Explain($"GET {value}") is null ? fault with { Path = value } : null,
    };

    private static string Range(FaultValue? value) => value switch
    {
        FaultValue.Count => $", N from 1 to {MostClients}",
        FaultValue.Seconds => ", such as 0.5",
        FaultValue.Path => ", a path that begins with a slash",
        _ => ", without a value",
    };
}
