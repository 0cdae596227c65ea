namespace Quiesce.Cli.Rehearse.Output;

/// <summary>What the baselines counted.</summary>
internal sealed record BaselinesSection(CountsSection NoStop, CountsSection? Kill);
