namespace Quiesce.Cli.Rehearse.Output;

/// <summary>What the counts exclude at 95 %; shares are 0 to 1.</summary>
internal sealed record EvidenceSection(
    int Deployments, int LosingDeployments, double DeploymentsBound, int WindowRequests, int LostWindowRequests, double WindowRequestsBound);
