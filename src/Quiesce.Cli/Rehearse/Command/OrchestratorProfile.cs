namespace Quiesce.Cli.Rehearse.Command;

/// <summary>What an orchestrator does by itself when its manifest says nothing. Each is a default of an option, so each can be overridden.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Balancer">The order: <c>kube</c> starts the new instance first, <c>none</c> stops the old one first.</param>
/// <param name="Grace">Seconds from the signal to SIGKILL.</param>
/// <param name="SignalsEveryProcess">Whether the signal goes to every process of the program, or to the first one only.</param>
internal sealed record OrchestratorProfile(OrchestratorKind Kind, string Balancer, string Grace, bool SignalsEveryProcess)
{
    private static readonly OrchestratorProfile[] _all =
    [
        // terminationGracePeriodSeconds: 30; a Deployment's rolling update starts the new pod first; process 1 is signalled.
        new(OrchestratorKind.Kubernetes, "kube", "30", SignalsEveryProcess: false),

        // docker stop: 10 s, SIGTERM to process 1. One name, one published port: the old container leaves first.
        new(OrchestratorKind.Docker, "none", "10", SignalsEveryProcess: false),

        // TimeoutStopSec: DefaultTimeoutStopSec, 90 s. KillMode: control-group, every process of the unit is signalled.
        new(OrchestratorKind.Systemd, "none", "90", SignalsEveryProcess: true),
    ];

    public static OrchestratorProfile Of(OrchestratorKind kind) => _all.Single(profile => profile.Kind == kind);

    /// <summary>What an option is worth when it was not given.</summary>
    public string? DefaultOf(OptionSpec spec)
    {
        if (spec == RehearseOptions.Balancer) { return Balancer; }
        return spec == RehearseOptions.Grace ? Grace : spec.Default;
    }
}
