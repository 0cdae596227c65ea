using System.Globalization;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Verdict.Findings;

/// <summary>What losses look like, why, and what helps. The first rule that applies names the cause: they run from special to general.</summary>
internal static class LossRules
{
    // A program that dies of the signal this soon did nothing in between: it has no handler. One that drains and then dies of it on
    // purpose needs at least one turn of its loop; Uvicorn's, for one, takes 100 ms.
    private static readonly TimeSpan _atOnce = TimeSpan.FromMilliseconds(50);

    public static IReadOnlyList<LossRule> For(RehearseSettings settings)
    {
        string signal = Signals.NameOf((int)settings.Signal);
        bool inPlace = settings.Balancer == BalancerKind.None;
        bool proxied = settings.Balancer is not (BalancerKind.None or BalancerKind.Kube);
        string lag = settings.EndpointLag.Max.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture);
        return
        [
            new("idleTimeout", static (loss, _) => loss is { SentPhase: LeavingPhase.NoStop, IsReused: true, Request.Outcome: OutcomeClass.Reset },
                "the server closed an idle connection, by its keep-alive timeout, while a request was already on its way. No deployment is needed for that.",
                "Make the server's keep-alive timeout longer than that of its clients and balancers."),
            new("withoutStop", static (loss, _) => loss.SentPhase == LeavingPhase.NoStop,
                "no instance was leaving: the program or this machine cannot carry the load.",
                "Lower --rate, or look at the program's log (--log DIRECTORY)."),
            new("killedOnPurpose", static (_, stop) => stop is { IsByKill: true },
                "the deployment was by SIGKILL (--fault kill): what is in flight then is lost, whatever the program does.",
                "Let clients ask again, with an Idempotency-Key where that matters; the ledgers tell whether they may."),
            new("helperGone", static (loss, stop) => loss.Request.EndedAt >= stop?.HelperToldAt && loss.Request.Outcome != OutcomeClass.Refused,
                "the helper had left before the program, which still needed it.",
                "Stop the helper after the program (in Kubernetes an init container with restartPolicy: Always), or let it wait until the program has gone."),
            new("killedInFlight", static (loss, stop) => stop is { Killed: true } && loss.Request.EndedAt >= stop.ExitedAt && loss.IsUnsafe,
                "the grace was over while they were in flight, and SIGKILL cut them.",
                "Give the drain a limit below the grace, refuse new work once it began, or raise the grace."),
            new("notPassedOn", (loss, stop) => !(inPlace && loss.Request.Outcome == OutcomeClass.Refused) && Died(stop, settings) && stop!.LeftBehind.Count > 0,
                $"the first process, a shell or a package runner, died of {signal} at once and did not pass it on: the program behind it never heard of it.",
                "Start the program directly, or with 'exec' in the script. As process 1 of a container such a shell ignores the signal, and all are killed at the grace."),
            new("noHandler", (loss, stop) => !inPlace && Died(stop, settings), // Alone, a refusal after the end is the restart's gap.
                $"the program has no handler for {signal}: it died at once, with whatever it was doing.",
                $"Handle {signal}: go on serving until the balancer has noticed, then stop listening, finish what is in flight, and exit."),
            new("restartGap", (loss, _) => inPlace && loss.Request.Outcome == OutcomeClass.Refused,
                "between the old process and the new one nobody listened.",
                "Start the new instance before the old one leaves, hand the listening socket over, or let clients try again: nothing was sent."),
            new("closedTooEarly", static (loss, _) => loss.Request.Outcome == OutcomeClass.Refused,
                $"the listener was closed while new connections were still sent there; that takes up to {lag} s after the signal here.",
                $"Go on serving for at least {lag} s after the signal and only then close the listener (in Kubernetes a preStop sleep does the same)."),
            new("notDrained", static (loss, _) => Broken(loss) && loss.SinceSignal < TimeSpan.Zero,
                "they were in flight at the signal, and the program did not wait for them.",
                "Stop listening, then wait for the requests in flight, each at most as long as the grace allows, and exit after that."),
            new("idleClosed", static (loss, _) => loss.Request.Outcome == OutcomeClass.Reset && loss.IsReused,
                "the server closed kept connections without announcing it, and requests were already on their way.",
                "While leaving, answer each request with 'Connection: close', and keep idle connections open until they had one, or for a while."),
            new("queueDropped", static (loss, _) => loss.Request.Outcome == OutcomeClass.Reset,
                "the kernel had accepted the connections, the program had not, and closing the listener reset them.",
                "Accept and serve what waits in the listener's queue before closing it; keep the listener open until the balancer has noticed."),
            new("cutWhileLeaving", static (loss, _) => loss.Request.Outcome == OutcomeClass.Truncated,
                "the program ended in the middle of these answers.",
                "Wait for answers in flight before the process exits; end streams with a whole last chunk."),
            new("gateway", (loss, _) => proxied && loss.Request is { Outcome: OutcomeClass.ServerError, Status: 502 or 503 or 504 },
                "the balancer sent them to an instance that was gone, and answered itself.",
                "Fail the readiness check at the signal and go on serving until the balancer's checks have noticed: interval × failures + timeout."),
            new("refusedWork", static (loss, _) => loss.Request.Outcome == OutcomeClass.Unavailable,
                "the program turned work away while it was still being sent there.",
                "Serve until the balancer has noticed; turn work away only when it would no longer fit into the grace."),
            new("brokeWhileLeaving", static (loss, _) => loss.Request.Outcome == OutcomeClass.ServerError,
                "something that these requests need was gone before they were: a pool, a database, a cache.",
                "Release what requests use after the last of them has ended, not at the signal."),
            new("unanswered", static (_, _) => true,
                "the program took them and never answered within the client's limit: it stopped working before it stopped accepting.",
                "Keep the workers running until the listener is closed and everything that was accepted is answered."),
        ];
    }

    private static bool Broken(Loss loss) => loss.Request.Outcome is OutcomeClass.Reset or OutcomeClass.Truncated;

    private static bool Died(Stop? stop, RehearseSettings settings) =>
        stop is { Killed: false } && stop.Status.Signal == (int)settings.Signal && stop.TimeToExit < _atOnce;
}
