namespace Quiesce.Cli.Rehearse.Ledger;

/// <summary>Where the ids of what was done can be read.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Source">A path, or a command for <c>/bin/sh</c>.</param>
/// <param name="IsCommand">Whether <paramref name="Source"/> is a command.</param>
internal sealed record LedgerSource(string Name, string Source, bool IsCommand);
