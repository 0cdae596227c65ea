namespace Quiesce.Cli.Rehearse.Output;

/// <summary>What the deployments of a year would lose, at the rate of this rehearsal.</summary>
internal sealed record YearSection(int Deployments, int Failures, int Unsafe);
