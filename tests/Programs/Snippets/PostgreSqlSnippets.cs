using Npgsql;
using Quiesce;
using Quiesce.PostgreSql;

namespace Snippets;

/// <summary>docs/adapters/postgresql.md.</summary>
internal static class PostgreSqlSnippets
{
    public static async Task UsageAsync(GracefulShutdown shutdown, string connectionString, string id, CancellationToken requestAborted)
    {
        PostgreSqlPool pool = shutdown.UsePostgreSql(NpgsqlDataSource.Create(connectionString));
        await pool.TransactAsync("order", async (connection, cancellationToken) =>
        {
            await using var insert = new NpgsqlCommand("INSERT INTO orders (id) VALUES ($1)", connection) { Parameters = { new() { Value = id } } };
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }, requestAborted);
        pool.Lead("outbox relay", cancellationToken => RelayAsync(pool, cancellationToken), new() { Uses = ["events"] });
    }

    private static async Task RelayAsync(PostgreSqlPool pool, CancellationToken cancellationToken) =>
        await pool.TransactAsync("relay", static (_, _) => Task.CompletedTask, cancellationToken);
}
