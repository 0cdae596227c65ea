using Quiesce.Cli.Rehearse.Command;

namespace Quiesce.Cli.Rehearse.Stories;

/// <summary>The stories of docs/stories.md, which has the source of each.</summary>
internal static class StoryCatalog
{
    public static IReadOnlyList<Story> All { get; } =
    [
        new("S01", "A rolling update refuses connections",
            [
                new(RehearseOptions.Balancer, "kube"), new(RehearseOptions.Instances, "3"), new(RehearseOptions.EndpointLag, "0.5..5"),
                new(RehearseOptions.Rate, "200"), new(RehearseOptions.FreshShare, "1"), new(RehearseOptions.Connections, "0"), new(RehearseOptions.Deployments, "6"),
            ],
            "the finding closedTooEarly: connections refused between the closed listener and the end of the endpoint lag. A program that goes on serving for 5 s loses none."),
        new("S02", "A balancer that only polls",
            [new(RehearseOptions.Balancer, "haproxy"), new(RehearseOptions.Rate, "200"), new(RehearseOptions.Deployments, "5")],
            "the finding gateway: 502 and 503 by HAProxy between the signal and what the column Detected says. A program that goes on serving until then loses none."),
        new("S03", "Connections lost in the accept queue",
            [
                new(RehearseOptions.Balancer, "none"), new(RehearseOptions.FreshShare, "1"), new(RehearseOptions.Connections, "0"), new(RehearseOptions.Deployments, "10"),
                new(RehearseOptions.Fault, "burst=50"),
            ],
            "resets on new connections, sent within milliseconds of the signal (queueDropped, notDrained): the kernel had accepted them and the program had not."),
        new("S04", "The race for an idle connection",
            [
                new(RehearseOptions.Balancer, "none"), new(RehearseOptions.NetworkDelay, "5ms"), new(RehearseOptions.FreshShare, "0"), new(RehearseOptions.Connections, "100"),
                new(RehearseOptions.Rate, "50"), new(RehearseOptions.Steady, "3"), new(RehearseOptions.Deployments, "30"),
            ],
            "the finding idleClosed: resets on kept connections that the program closed without announcing it, and idleTimeout, the same without any stop."),
        new("S05", "A shell in front swallows the signal",
            [new(RehearseOptions.Orchestrator, "docker"), new(RehearseOptions.Deployments, "3")],
            "the finding notPassedOn, or signalIgnored: what is in front dies or stays, and the program behind it never hears. Give the command as the image's ENTRYPOINT has it, shell and all."),
        new("S06", "A program without a handler",
            [new(RehearseOptions.Balancer, "kube"), new(RehearseOptions.Deployments, "3")],
            "the finding noHandler: the program dies of the signal at once, with all that it was doing."),
        new("S07", "The program's patience is longer than the platform's",
            [new(RehearseOptions.Orchestrator, "docker"), new(RehearseOptions.Grace, "8"), new(RehearseOptions.Deployments, "3"), new(RehearseOptions.Fault, "half-sent")],
            "instances killed at the grace (killedInFlight, neverFinished): what the program waits for has no limit below it. Give --grace what the platform really gives."),
        new("S08", "A pre-stop hook that cannot run", [], "the tool runs no pre-stop hooks: it starts at the signal, as seen by the program."),
        new("S09", "The wrong stop signal",
            [new(RehearseOptions.Balancer, "none"), new(RehearseOptions.Deployments, "3"), new(RehearseOptions.Fault, "second-signal")],
            "cut requests, exits that are not accepted, instances killed. Play it again with each --signal that the platform may send: INT, QUIT, HUP, USR1, USR2, WINCH."),
        new("S10", "The helper leaves first",
            [new(RehearseOptions.Balancer, "kube"), new(RehearseOptions.Deployments, "5"), new(RehearseOptions.Fault, "helper-first")],
            "the finding helperGone: requests that fail because what they need had left before the program."),
        new("S11", "Streams that never end",
            [new(RehearseOptions.Balancer, "kube"), new(RehearseOptions.Deployments, "5")],
            "instances killed at the grace, and streams that end as truncated instead of whole or by a close with 1001 or 1012.")
        {
            Explain = static settings => settings.Templates.Any(static template => template.IsStream)
                ? null : "needs streams: mark requests of --requests FILE.http with '# @kind events' or '# @kind websocket'.",
        },
        new("S12", "Messages fetched in advance are stranded or handled twice", [], "the tool sends HTTP only: it has no broker. The samples and the adapters' tests have."),
        new("S13", "Acknowledged first, done later, killed in between",
            [new(RehearseOptions.Balancer, "none"), new(RehearseOptions.Deployments, "10"), new(RehearseOptions.Fault, "kill")],
            "the ledger's columns 'Acknowledged, not done' (lost for good) and 'Done twice'. A program that acknowledges what is safely kept has neither.")
        {
            Explain = static settings => settings.Ledgers.Count > 0
                ? null : "needs a ledger: mark the requests that have an effect with '# @effect', and say with --ledger where the ids of what was done can be read.",
        },
        new("S27", "A signal during start-up",
            [new(RehearseOptions.Balancer, "kube"), new(RehearseOptions.Deployments, "10"), new(RehearseOptions.Fault, "early-signal")],
            "instances told to leave while they start that are killed at the grace, or leave with an exit code that is not accepted."),
    ];

    public static Story? Find(string id) => All.FirstOrDefault(story => story.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
