namespace Quiesce.Cli.Rehearse.Output;

/// <summary>Seconds from the signal to the end of the process, over all deployments.</summary>
internal sealed record SecondsSection(double Min, double Mean, double Max);
