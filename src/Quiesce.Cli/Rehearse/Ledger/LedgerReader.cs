using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Ledger;

/// <summary>Reads the ids of one ledger, from a file, a command or a URL: one line for each effect, blank lines ignored.</summary>
internal static class LedgerReader
{
    // A query over a few thousand rows takes far less; a command that hangs must not hang the rehearsal.
    private static readonly TimeSpan _commandLimit = TimeSpan.FromSeconds(60);

    /// <exception cref="LedgerException">The file or the command's output cannot be read.</exception>
    public static async Task<IReadOnlyCollection<string>> ReadAsync(LedgerSource source, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            if (source.IsUrl) { return await new LedgerUrl(source, time).ReadAsync(cancellationToken); }
            return source.IsCommand
                ? await RunAsync(source, time, cancellationToken)
                : Clean(await File.ReadAllLinesAsync(source.Source, cancellationToken));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"The ledger {source.Name} cannot be read: {error.Message}");
        }
    }

    // Standard output goes to a file, because a program's own output is kept to its last lines only, and every id counts here. What the
    // command says on standard error is no id; it is shown, under the ledger's name, if the command fails.
    private static async Task<IReadOnlyCollection<string>> RunAsync(LedgerSource source, TimeProvider time, CancellationToken cancellationToken)
    {
        string path = Path.GetTempFileName();
        try
        {
            string[] shell = ["/bin/sh", "-c", "exec /bin/sh -c \"$1\" >\"$2\"", "sh", source.Source, path];
            var start = new ProgramStart(shell, new Dictionary<string, string>());
            ProgramProcess command = ProgramProcess.Start(start, time);
            ProgramExit exit = await EndAsync(command, source, time, cancellationToken);
            if (exit.Status.Code != 0) { throw Failed(source, $"ended with {exit.Status}", command); }
            await command.Output.Ended.WaitAsync(cancellationToken);
            return Clean(await File.ReadAllLinesAsync(path, cancellationToken));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<ProgramExit> EndAsync(ProgramProcess command, LedgerSource source, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await command.Exited.WaitAsync(_commandLimit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Failed(source, $"was still running after {_commandLimit.TotalSeconds} s and was ended", command);
        }
        finally
        {
            await command.EndAsync();
        }
    }

    private static LedgerException Failed(LedgerSource source, string what, ProgramProcess command) =>
        new($"The ledger {source.Name}: '{source.Source}' {what}. It wrote: {string.Join(" / ", command.Output.Last(3))}");

    /// <summary>The ids in lines of text.</summary>
    public static string[] Clean(IEnumerable<string> lines) =>
        [.. lines.Select(static line => line.Trim()).Where(static line => line.Length > 0)];
}
