using Checkout.Data;
using Checkout.Orders;
using Microsoft.Data.Sqlite;

namespace Checkout.Ledgers;

/// <summary>What is in SQLite. An order is never there without its payment, so the payments are the orders' ledger as well.</summary>
internal static class SqliteLedgers
{
    /// <summary>The order of each payment, so that one paid twice comes twice.</summary>
    public static IEnumerable<string> PaidOrders(DataFolder folder)
    {
        // Not read-only: after a SIGKILL somebody has to recover the WAL, and that may be us.
        using SqliteConnection connection = SqliteOrderStore.Open(SqliteOrderStore.ConnectionString(folder, SqliteOpenMode.ReadWrite));
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT order_id FROM payments ORDER BY rowid";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read()) { yield return reader.GetString(0); }
    }
}
