using System.Globalization;
using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Verdict.Findings;

/// <summary>Why instances of beside services did not leave well: a finding for each service and cause.</summary>
internal static class BesideFindings
{
    public static IEnumerable<Finding> For(RehearseSettings settings, IEnumerable<Stop> stops) => stops
        .SelectMany(static stop => stop.Beside)
        .Where(static beside => !beside.IsByKill)
        .GroupBy(static beside => beside.Identity.Service)
        .OrderBy(static service => service.Key)
        .SelectMany(service => ForService(settings, [.. service]));

    private static IEnumerable<Finding> ForService(RehearseSettings settings, IReadOnlyList<BesideStop> stops)
    {
        string name = stops[0].Identity.Name, signal = Signals.NameOf((int)settings.Signal);
        BesideStop[] killed = [.. stops.Where(static beside => beside.Killed)];
        BesideStop[] unheard = [.. stops.Where(beside => !beside.Killed && beside.Status.Signal == (int)settings.Signal && beside.LeftBehind.Count > 0)];
        BesideStop[] bad = [.. stops.Where(beside => !beside.Killed && !settings.AcceptedExitCodes.Contains(beside.Status.ShellCode)).Except(unheard)];
        if (killed.Length > 0)
        {
            string grace = settings.Grace.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            yield return new Finding(
                "besideKilled",
                killed.Length,
                $"{Instances(killed.Length)} of the {name} {(killed.Length == 1 ? "was" : "were")} still there after the grace of {grace} s and had to be killed.",
                $"it does not react to {signal}, or what it has in hand takes longer than the grace. Whatever that was, SIGKILL cut it: a ledger tells what it cost.",
                $"Handle {signal}: take nothing new, finish what is in hand or hand it back, give all of that a limit below the grace, and exit.");
        }

        if (unheard.Length > 0)
        {
            yield return new Finding(
                "besideNotPassedOn",
                unheard.Length,
                $"The first process of {Instances(unheard.Length)} of the {name} died of {signal}, and {unheard[0].LeftBehind[0]} was still running and had to be killed.",
                $"a shell is in front and did not pass {signal} on: the service behind it never heard of it.",
                "Give --beside the service alone, or put 'exec' in front of the last command of its script.");
        }

        if (bad.Length > 0)
        {
            yield return new Finding(
                "besideExit",
                bad.Length,
                $"{Instances(bad.Length)} of the {name} left with {ExitPhrase.Of(bad.Select(static beside => beside.Status))}, which is not accepted.",
                ExitPhrase.CauseOf(settings, bad[0].Status),
                ExitPhrase.Remedy);
        }
    }

    private static string Instances(int count) => count == 1 ? "1 instance" : $"{count} instances";
}
