using System.Globalization;
using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>What one instance, its helper, or a beside service needs to start.</summary>
internal static class InstanceStart
{
    /// <param name="settings">The rehearsal.</param>
    /// <param name="places">The ports.</param>
    /// <param name="log">The name of its log, without the ending.</param>
    public static ProgramStart OfProgram(RehearseSettings settings, InstancePlaces places, string log) => new(
        [.. settings.Command.Select(places.Fill)], EnvironmentOf(settings, places), LogPath(settings, log), settings.SignalsEveryProcess);

    // A shell may be in front of it, so the signal goes to every process.
    public static ProgramStart OfHelper(RehearseSettings settings, InstancePlaces places, string log) => new(
        ["/bin/sh", "-c", places.Fill(settings.Helper!)], EnvironmentOf(settings, places), LogPath(settings, log), SignalsEveryProcess: true);

    /// <summary>It is a service as the program is one, so the signal goes to whomever the orchestrator sends it.</summary>
    public static ProgramStart OfBeside(RehearseSettings settings, InstancePlaces places, BesideIdentity identity) => new(
        ["/bin/sh", "-c", BesideCommand.ForShell(places.Fill(identity.Command))], EnvironmentOf(settings, places),
        LogPath(settings, $"beside-{identity.Service}-{identity.Instance}"), settings.SignalsEveryProcess);

    private static Dictionary<string, string> EnvironmentOf(RehearseSettings settings, InstancePlaces places)
    {
        var environment = new Dictionary<string, string>
        {
            ["PORT"] = $"{places.Port}",
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{places.Port}",
            ["QUIESCE_GRACE_PERIOD"] = settings.Grace.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        };
        if (places.HelperPort is { } helper) { environment["HELPER_PORT"] = $"{helper}"; }
        foreach ((string name, string value) in settings.Environment) { environment[name] = places.Fill(value); }
        return environment;
    }

    private static string? LogPath(RehearseSettings settings, string log) =>
        settings.LogDirectory is { } directory ? Path.Combine(directory, $"{log}.log") : null;
}
