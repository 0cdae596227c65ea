using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Ledger;

/// <summary>Where the ids of what was done can be read.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Source">A path, a URL, or a command for <c>/bin/sh</c>.</param>
/// <param name="IsCommand">Whether <paramref name="Source"/> is a command.</param>
internal sealed record LedgerSource(string Name, string Source, bool IsCommand)
{
    /// <summary>Gets whether it is asked over HTTP.</summary>
    public bool IsUrl => !IsCommand && (Source.StartsWith("http://", StringComparison.Ordinal) || Source.StartsWith("https://", StringComparison.Ordinal));

    /// <summary>Gets whether an instance of the program is to be asked: any that runs, since what was done must outlive the one that did it.</summary>
    public bool AsksTheProgram => IsUrl && PortPlaceholder.IsIn(Source);

    /// <summary>The same, asked of the instance on a port.</summary>
    public LedgerSource At(int port) => this with { Source = PortPlaceholder.Fill(Source, port) };

    /// <summary>Whether a URL can be asked, once an instance's port is filled in.</summary>
    public bool IsUsable => Uri.TryCreate(At(1).Source, UriKind.Absolute, out _);
}
