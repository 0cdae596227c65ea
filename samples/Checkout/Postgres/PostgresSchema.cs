using Npgsql;

namespace Checkout.Postgres;

/// <summary>Reaches the server at the start, so that one that is not there is said in one sentence, and creates what is missing.</summary>
internal sealed class PostgresSchema(NpgsqlConnectionStringBuilder settings, NpgsqlDataSource dataSource) : IHostedService
{
    // Two instances may start at once, and CREATE TABLE IF NOT EXISTS is not safe against itself: hence the lock, which ends with the
    // transaction. order_id is not unique in payments and confirmations on purpose: the ledger shall be able to show what was done twice.
    private const string Sql = """
        SELECT pg_advisory_xact_lock(hashtext('checkout schema'));
        CREATE TABLE IF NOT EXISTS orders (
            id TEXT PRIMARY KEY, item TEXT NOT NULL, quantity INTEGER NOT NULL, payment_id TEXT NOT NULL, placed_at TIMESTAMPTZ NOT NULL
        );
        CREATE TABLE IF NOT EXISTS payments (
            number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            id TEXT NOT NULL, order_id TEXT NOT NULL REFERENCES orders (id), amount_cents INTEGER NOT NULL, settled_at TIMESTAMPTZ
        );
        CREATE INDEX IF NOT EXISTS unsettled ON payments (number) WHERE settled_at IS NULL;
        CREATE TABLE IF NOT EXISTS confirmations (
            number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            order_id TEXT NOT NULL REFERENCES orders (id), confirmed_at TIMESTAMPTZ NOT NULL
        );
        CREATE TABLE IF NOT EXISTS outbox (
            number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id TEXT NOT NULL, body BYTEA NOT NULL
        );
        CREATE TABLE IF NOT EXISTS handled (order_id TEXT PRIMARY KEY, handled_at TIMESTAMPTZ NOT NULL);
        """;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(Sql, [], cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception error) when (PostgresSettings.IsUnusable(error))
        {
            throw PostgresSettings.Unusable(settings, error);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
