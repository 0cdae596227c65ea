namespace Quiesce.Cli.Rehearse.Output;

/// <summary>How well the load generator kept its own schedule during the deployments.</summary>
internal sealed record LatenessSection(long Sent, long Late, double WorstMilliseconds, long OverOneMillisecond = 0);
