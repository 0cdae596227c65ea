namespace Quiesce.Cli.Rehearse.Output;

/// <summary>What was rehearsed, and how.</summary>
internal sealed record SettingsSection(
    IReadOnlyList<string> Command,
    string Orchestrator,
    string Balancer,
    IReadOnlyList<double>? EndpointLagSeconds,
    int Deployments,
    double Rate,
    double FreshShare,
    int Connections,
    double NetworkDelayMilliseconds,
    double GraceSeconds,
    string Signal,
    double SteadySeconds,
    double TimeoutSeconds,
    IReadOnlyList<int> AcceptedExitCodes,
    int Seed,
    IReadOnlyList<TemplateSection> Templates);
