using System.Globalization;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Verdict.Findings;

/// <summary>Why instances had to be killed, or left with a code that is not accepted.</summary>
internal static class StopFindings
{
    public static IEnumerable<Finding> For(RehearseSettings settings, IEnumerable<Stop> stops)
    {
        Stop[] killed = [.. stops.Where(static stop => stop.Killed)];
        Stop[] deaf = [.. killed.Where(stop => !(stop.TimeToClose < settings.Grace))];
        Stop[] stuck = [.. killed.Except(deaf)];
        Stop[] bad = [.. stops.Where(stop => stop is { Killed: false, IsByKill: false } && !settings.AcceptedExitCodes.Contains(stop.Status.ShellCode))];
        string signal = Signals.NameOf((int)settings.Signal);
        string grace = settings.Grace.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        if (deaf.Length > 0)
        {
            yield return new Finding(
                "signalIgnored",
                deaf.Length,
                $"{Instances(deaf.Length)} still there, and still listening, after the grace of {grace} s, and {Was(deaf.Length)} killed.",
                $"nothing in the program reacted to {signal}. Often a shell or a package runner is in front and does not pass it on.",
                $"Start the program directly, or with 'exec' in the script, and handle {signal}; or name the signal it knows with --signal.");
        }

        if (stuck.Length > 0)
        {
            double close = stuck.Max(static stop => stop.TimeToClose!.Value.TotalSeconds);
            string seconds = close.ToString("F2", CultureInfo.InvariantCulture);
            yield return new Finding(
                "neverFinished",
                stuck.Length,
                $"{Instances(stuck.Length)} still there after the grace of {grace} s although the listener was closed within {seconds} s, and {Was(stuck.Length)} killed.",
                "the program waits for connections that clients keep open and go on using, or for background work without a limit.",
                "Answer with 'Connection: close' from the signal on, close idle connections, and give the whole shutdown a limit below the grace.");
        }

        if (bad.Length > 0)
        {
            yield return new Finding(
                "badExit",
                bad.Length,
                $"{(bad.Length == 1 ? "1 instance" : $"{bad.Length} instances")} left with {ExitPhrase.Of(bad.Select(static stop => stop.Status))}, which is not accepted.",
                ExitPhrase.CauseOf(settings, bad[0].Status),
                ExitPhrase.Remedy);
        }
    }

    private static string Instances(int count) => count == 1 ? "1 instance was" : $"{count} instances were";

    private static string Was(int count) => count == 1 ? "was" : "were";
}
