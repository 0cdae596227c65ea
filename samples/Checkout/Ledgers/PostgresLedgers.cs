using Checkout.Data;
using Checkout.Postgres;
using Npgsql;

namespace Checkout.Ledgers;

/// <summary>What is in PostgreSQL. Every order that was acknowledged must be in its payments and confirmations, once.</summary>
internal static class PostgresLedgers
{
    /// <summary>The orders that were taken, paid or not.</summary>
    public static IEnumerable<string> Orders() => Read("SELECT id FROM orders ORDER BY placed_at, id");

    /// <summary>The order of each payment, so that one paid twice comes twice.</summary>
    public static IEnumerable<string> PaidOrders() => Read("SELECT order_id FROM payments ORDER BY number");

    /// <summary>The order of each confirmation: the workers enter theirs, an instance with <c>--queue memory</c> appends to its file.</summary>
    public static IEnumerable<string> Confirmations(DataFolder folder) =>
        Read("SELECT order_id FROM confirmations ORDER BY number").Concat(File.Exists(folder.Confirmations) ? FileLedgers.Confirmations(folder) : []);

    private static List<string> Read(string sql)
    {
        NpgsqlConnectionStringBuilder settings = PostgresSettings.Read(Surroundings.Read(), "checkout ledger");
        try
        {
            using NpgsqlConnection connection = new(settings.ConnectionString);
            connection.Open();
            using NpgsqlCommand command = new(sql, connection);
            using NpgsqlDataReader reader = command.ExecuteReader();
            List<string> ids = [];
            while (reader.Read()) { ids.Add(reader.GetString(0)); }
            return ids;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw new UsageException($"There are no orders in the database '{settings.Database}'. Has the service run there?");
        }
        catch (Exception error) when (PostgresSettings.IsUnusable(error))
        {
            throw PostgresSettings.Unusable(settings, error);
        }
    }
}
