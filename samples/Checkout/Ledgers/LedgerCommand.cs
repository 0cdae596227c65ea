using Checkout.Data;
using Microsoft.Data.Sqlite;

namespace Checkout.Ledgers;

/// <summary><c>checkout ledger orders|payments|audit|confirmations --data DIR</c>: what the service has done, one order id per line.</summary>
/// <remarks>An id that was acknowledged and is missing was lost; an id that comes twice was done twice.</remarks>
internal static class LedgerCommand
{
    private const string Usage = "Use: checkout ledger orders|payments|audit|confirmations --data DIR [--store sqlite|postgres].";

    /// <returns>The exit code, 0.</returns>
    /// <exception cref="UsageException">The arguments are wrong, or the ledger cannot be read.</exception>
    public static int Run(ReadOnlySpan<string> arguments, TextWriter output)
    {
        (string ledger, string path, StoreKind store) = Parse(arguments);
        Func<DataFolder, IEnumerable<string>> read = (ledger, store) switch
        {
            ("audit", _) => FileLedgers.Audit,
            ("confirmations", StoreKind.Sqlite) => FileLedgers.Confirmations,
            ("orders" or "payments", StoreKind.Sqlite) => SqliteLedgers.PaidOrders,
            ("orders", StoreKind.Postgres) => static _ => PostgresLedgers.Orders(),
            ("payments", StoreKind.Postgres) => static _ => PostgresLedgers.PaidOrders(),
            ("confirmations", StoreKind.Postgres) => PostgresLedgers.Confirmations,
            _ => throw new UsageException($"There is no ledger '{ledger}'. {Usage}"),
        };

        try
        {
            foreach (string id in read(DataFolder.Existing(path))) { output.WriteLine(id); }
            output.Flush();
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new UsageException($"The ledger '{ledger}' in '{path}' cannot be read: {exception.Message} Has the service run there?");
        }
    }

    private static (string Ledger, string Path, StoreKind Store) Parse(ReadOnlySpan<string> arguments) => arguments switch
    {
        [string ledger, "--data", { Length: > 0 } path] => (ledger, path, StoreKind.Sqlite),
        [string ledger, "--data", { Length: > 0 } path, "--store", string store] => (ledger, path, Choices.Store.Of(store)),
        _ => throw new UsageException($"'ledger {string.Join(' ', arguments!)}' is not complete, or too much. {Usage}"),
    };
}
