using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Beside;

/// <summary>One ready instance of a beside service.</summary>
/// <param name="Identity">Which one.</param>
/// <param name="Program">Its process.</param>
internal sealed record BesideInstance(BesideIdentity Identity, ProgramProcess Program);
