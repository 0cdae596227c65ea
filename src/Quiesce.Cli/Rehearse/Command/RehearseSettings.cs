using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Ledger;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Readiness;
using Quiesce.Cli.Rehearse.Stories;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>One rehearsal, validated: everything that the command line and the files it names decide.</summary>
internal sealed record RehearseSettings
{
    public required IReadOnlyList<string> Command { get; init; }

    public required OrchestratorKind Orchestrator { get; init; }

    /// <summary>Gets whether a signal goes to every process of the program, not to the first alone.</summary>
    public required bool SignalsEveryProcess { get; init; }

    public required BalancerKind Balancer { get; init; }

    public required SecondsRange EndpointLag { get; init; }

    /// <summary>Gets how many instances run beside each other between two deployments.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>Gets how long everything is under way between client and server, each way.</summary>
    public TimeSpan NetworkDelay { get; init; }

    /// <summary>Gets whether only the balancer's configuration is wanted.</summary>
    public bool ShowConfig { get; init; }

    public required int Deployments { get; init; }

    public required double Rate { get; init; }

    public required double FreshShare { get; init; }

    public required int Connections { get; init; }

    public required TimeSpan Grace { get; init; }

    public required StopSignal Signal { get; init; }

    /// <summary>Gets what goes wrong on purpose, in each deployment.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Gets the command of a helper that runs beside each instance; <see langword="null"/> for none.</summary>
    public string? Helper { get; init; }

    /// <summary>Gets the commands of the services that are deployed side by side with the program.</summary>
    public IReadOnlyList<string> Beside { get; init; } = [];

    /// <summary>Gets how long effects may come later than the answer, after the last instance has left.</summary>
    public TimeSpan Settle { get; init; }

    /// <summary>Gets the story that is played; <see langword="null"/> for none.</summary>
    public Story? Story { get; init; }

    public required ReadinessRule Ready { get; init; }

    public required TimeSpan ReadyTimeout { get; init; }

    public required TimeSpan RequestTimeout { get; init; }

    public required TimeSpan Steady { get; init; }

    /// <summary>Gets the mix; empty when nobody gave one, and the tool is to find something to ask.</summary>
    public required IReadOnlyList<RequestTemplate> Templates { get; init; }

    public required IReadOnlyList<LedgerSource> Ledgers { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required IReadOnlySet<int> AcceptedExitCodes { get; init; }

    public required int DeploymentsPerYear { get; init; }

    public required int Seed { get; init; }

    public required bool Baselines { get; init; }

    public int? Port { get; init; }

    public string? JsonPath { get; init; }

    public string? JUnitPath { get; init; }

    public string? MarkdownPath { get; init; }

    public string? HtmlPath { get; init; }

    public string? LogDirectory { get; init; }

    public required string Title { get; init; }

    /// <summary>Gets whether the mix has requests of HTTP/2.</summary>
    public bool HasHttp2 => Templates.Any(static template => template.Kind == TrafficKind.Http2);

    /// <summary>Whether this goes wrong on purpose.</summary>
    public bool Has(FaultKind kind) => Faults.Any(fault => fault.Kind == kind);
}
