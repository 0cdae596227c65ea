using System.Globalization;
using Checkout.Postgres;
using Checkout.RabbitMq;
using Npgsql;

namespace Checkout.Leftovers;

/// <summary><c>checkout leftovers</c>: what must be zero once every instance has left and the last worker has worked everything off.</summary>
internal static class LeftoversCommand
{
    // Each on its own, by name. Locks and sessions of this database only: the server may have others.
    private const string Sql = """
        SELECT (SELECT count(*) FROM outbox),
            (SELECT count(*) FROM pg_locks
                WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())),
            (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1)
        """;

    /// <returns>0 if everything is zero, else 1.</returns>
    /// <exception cref="UsageException">The arguments are wrong, or something cannot be asked.</exception>
    public static async Task<int> RunAsync(ReadOnlyMemory<string> arguments, TextWriter output)
    {
        if (arguments.Length > 0) { throw new UsageException($"'{arguments.Span[0]}' is too much. Use: checkout leftovers."); }

        IConfiguration configuration = Surroundings.Read();
        NpgsqlConnectionStringBuilder postgres = PostgresSettings.Read(configuration, "checkout leftovers");
        RabbitMqQueue queue = RabbitMqQueue.Read(configuration);
        List<(string What, long Count)> leftovers =
        [
            .. await CountAsync(postgres),
            ($"messages in the queue '{queue.Name}'", await queue.CountAsync(CancellationToken.None)),
        ];
        foreach ((string what, long count) in leftovers) { output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,7} {what}")); }
        return leftovers.TrueForAll(static leftover => leftover.Count == 0) ? 0 : 1;
    }

    private static async Task<(string What, long Count)[]> CountAsync(NpgsqlConnectionStringBuilder settings)
    {
        try
        {
            await using NpgsqlConnection connection = new(settings.ConnectionString);
            await connection.OpenAsync();
            List<(string, long)[]> counted = await connection.QueryAsync(
                Sql, [PostgresRegistration.ApplicationName], static row => new (string, long)[]
                {
                    ("messages in the outbox", row.GetInt64(0)),
                    ("advisory locks", row.GetInt64(1)),
                    ("sessions of the service", row.GetInt64(2)),
                }, CancellationToken.None);
            return counted[0];
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw new UsageException($"There is no outbox in the database '{settings.Database}'. Has the service run there?");
        }
        catch (Exception error) when (PostgresSettings.IsUnusable(error))
        {
            throw PostgresSettings.Unusable(settings, error);
        }
    }
}
