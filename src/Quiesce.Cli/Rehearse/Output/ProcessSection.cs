namespace Quiesce.Cli.Rehearse.Output;

/// <summary>A process that outlived its program, and was ended.</summary>
internal sealed record ProcessSection(int Id, string Command);
