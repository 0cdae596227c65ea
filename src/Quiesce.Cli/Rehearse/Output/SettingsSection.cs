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
    IReadOnlyList<TemplateSection> Templates)
{
    /// <summary>Gets what went wrong on purpose, as on the command line.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    public string? Helper { get; init; }

    /// <summary>Gets the commands of the beside services. Absent in files of earlier versions, as is the next.</summary>
    public IReadOnlyList<string> Beside { get; init; } = [];

    public double SettleSeconds { get; init; }

    public string? Story { get; init; }
}
