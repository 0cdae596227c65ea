using System.Globalization;
using Checkout.Data;
using Checkout.Payments;
using Microsoft.Data.Sqlite;

namespace Checkout.Orders;

internal sealed partial class SqliteOrderStore
{
    // WAL: readers and the other instance's reads never wait for a writer. synchronous=NORMAL does not sync every commit:
    // what is committed survives the end of the process, however violent, because it is in the kernel's cache by then;
    // a power failure may take the last commits. A shutdown is the former, and FULL would cost a disk sync per order.
    private const string Pragmas = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL;";

    // payments.order_id is not unique on purpose: the ledger shall be able to show a payment made twice.
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS orders (
            id TEXT PRIMARY KEY, item TEXT NOT NULL, quantity INTEGER NOT NULL, payment_id TEXT NOT NULL, placed_at TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS payments (
            id TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders (id), amount_cents INTEGER NOT NULL, settled_at TEXT
        );
        CREATE INDEX IF NOT EXISTS unsettled ON payments (settled_at) WHERE settled_at IS NULL;
        """;

    public static string ConnectionString(DataFolder folder, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate) =>
        new SqliteConnectionStringBuilder { DataSource = folder.Orders, Mode = mode, ForeignKeys = true }.ToString();

    public static SqliteConnection Open(string connectionString)
    {
        SqliteConnection connection = new(connectionString);
        connection.Open();
        Execute(connection, Pragmas);
        return connection;
    }

    private static void CreateSchema(SqliteConnection connection) => Execute(connection, Schema);

    private static bool TryInsert(SqliteConnection connection, Order order) => Execute(
        connection,
        "INSERT INTO orders VALUES ($id, $item, $quantity, $payment, $at) ON CONFLICT (id) DO NOTHING",
        ("$id", order.Id), ("$item", order.Item), ("$quantity", order.Quantity),
        ("$payment", order.PaymentId), ("$at", Text(order.PlacedAt))) == 1;

    private static void Insert(SqliteConnection connection, Payment payment, Order order) => Execute(
        connection,
        "INSERT INTO payments VALUES ($id, $order, $amount, NULL)",
        ("$id", payment.Id), ("$order", order.Id), ("$amount", payment.AmountCents));

    private static int Settle(SqliteConnection connection, DateTimeOffset now, int limit) => Execute(
        connection,
        "UPDATE payments SET settled_at = $now WHERE id IN (SELECT id FROM payments WHERE settled_at IS NULL LIMIT $limit)",
        ("$now", Text(now)), ("$limit", limit));

    private static Order? Find(SqliteConnection connection, string id)
    {
        using SqliteCommand command = Command(
            connection, "SELECT id, item, quantity, payment_id, placed_at FROM orders WHERE id = $id", ("$id", id));
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read()
            ? new Order(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetString(3), Instant(reader.GetString(4)))
            : null;
    }

    private static int Execute(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using SqliteCommand command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(
        SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand(); // takes part in the connection's transaction, if there is one
        command.CommandText = sql;
        foreach ((string name, object value) in parameters) { command.Parameters.AddWithValue(name, value); }
        return command;
    }

    private static string Text(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
