using System.Globalization;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>How figures look in tables.</summary>
internal static class ReportFormat
{
    public static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Seconds(double seconds) => seconds.ToString("F2", CultureInfo.InvariantCulture);

    public static string Plain(double number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Exit(IExitSection stop) => stop.Killed ? "killed" : stop.ExitSignal ?? Plain(stop.ShellCode);

    /// <summary>What a beside service is called where the program's stops are shown; by its number only if there are several.</summary>
    public static string Beside(int service, int services) => services > 1 ? $"beside {service}" : "beside";

    /// <summary>The exits of several stops, each kind once: <c>0</c>, or <c>0 ×3, killed ×1</c>.</summary>
    public static string Exits(ReportDocument report)
    {
        KeyValuePair<string, int>[] kinds = [.. report.Deployments.Concat(report.FinalStops).CountBy(Exit).OrderByDescending(static pair => pair.Value)];
        return kinds.Length switch
        {
            0 => "-",
            1 => kinds[0].Key,
            _ => string.Join(", ", kinds.Select(static pair => $"{pair.Key} ×{pair.Value}")),
        };
    }
}
