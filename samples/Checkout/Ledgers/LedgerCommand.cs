using Checkout.Data;
using Checkout.Orders;
using Microsoft.Data.Sqlite;

namespace Checkout.Ledgers;

/// <summary><c>checkout ledger orders|audit|confirmations --data DIR</c>: what the service has done, one order id per line.</summary>
/// <remarks>An id that was acknowledged and is missing was lost; an id that comes twice was done twice.</remarks>
internal static class LedgerCommand
{
    private const string Usage = "Use: checkout ledger orders|audit|confirmations --data DIR.";

    /// <returns>The exit code, 0.</returns>
    /// <exception cref="UsageException">The arguments are wrong, or the ledger cannot be read.</exception>
    public static int Run(ReadOnlySpan<string> arguments, TextWriter output)
    {
        if (arguments is not [string ledger, "--data", string path] || path.Length == 0)
        {
            throw new UsageException($"'ledger {string.Join(' ', arguments!)}' is not complete, or too much. {Usage}");
        }

        Func<DataFolder, IEnumerable<string>> read = ledger switch
        {
            "orders" => PaidOrders,
            "audit" => static folder => File.ReadLines(folder.Audit).Select(static line => line.Split('\t')[1]),
            "confirmations" => static folder => File.ReadLines(folder.Confirmations),
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

    /// <summary>The order of each payment, so that one paid twice comes twice.</summary>
    private static IEnumerable<string> PaidOrders(DataFolder folder)
    {
        // Not read-only: after a SIGKILL somebody has to recover the WAL, and that may be us.
        using SqliteConnection connection = SqliteOrderStore.Open(SqliteOrderStore.ConnectionString(folder, SqliteOpenMode.ReadWrite));
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT order_id FROM payments ORDER BY rowid";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read()) { yield return reader.GetString(0); }
    }
}
