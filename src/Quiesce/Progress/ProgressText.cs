using System.Globalization;

namespace Quiesce;

/// <summary>Says in a few words what a shutdown waits for.</summary>
internal static class ProgressText
{
    public static string Phase(ShutdownProgress progress) => progress.Phase switch
    {
        ShutdownPhase.StopAccepting => "Closing",
        ShutdownPhase.Drain => "Draining",
        _ => "Releasing",
    };

    /// <summary>The units in flight first, for they are what takes long; then the participants. Control characters are taken out:
    /// a name must not write on a terminal what it likes.</summary>
    public static string WaitsFor(ShutdownProgress progress)
    {
        List<string> parts = [];
        if (progress.Oldest is { } oldest)
        {
            string units = progress.InFlight == 1 ? "1 unit" : $"{progress.InFlight} units";
            parts.Add($"{units}, oldest '{oldest.Kind}' {Seconds(oldest.Age)}");
        }

        if (progress.Running.Count > 0) { parts.Add(string.Join(", ", progress.Running.Select(static step => step.Name).Distinct())); }

        return string.Concat(string.Join("; ", parts).Select(static letter => char.IsControl(letter) ? '?' : letter));
    }

    public static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString("0", CultureInfo.InvariantCulture) + " s";
}
