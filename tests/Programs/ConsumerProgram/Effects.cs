using Npgsql;
using Quiesce.PostgreSql;

namespace ConsumerProgram;

/// <summary>Effects that outlive a SIGKILL: rows of a table without a key, so that an effect that takes place twice is there twice.</summary>
internal sealed class Effects(PostgreSqlPool pool, string table)
{
    /// <summary>Writes an effect, whether it is there or not.</summary>
    public async Task WriteAsync(string id, Func<Task> held, CancellationToken stop)
    {
        await held();
        await using NpgsqlConnection connection = await pool.DataSource.OpenConnectionAsync(stop);
        await InsertAsync(connection, $"INSERT INTO {table} VALUES ($1)", id, stop);
    }

    /// <summary>Writes an effect and its key in one transaction, unless the key is there: then the message has been here before.</summary>
    public Task CommitOnceAsync(string id, Func<Task> held, CancellationToken stop) => pool.TransactAsync(
        "effect",
        async (connection, stopped) =>
        {
            // First of all: whoever has the same message at the same time waits here, until it is known what became of the other.
            if (await InsertAsync(connection, $"INSERT INTO {table}_keys VALUES ($1) ON CONFLICT DO NOTHING", id, stopped) == 0) { return; }

            await InsertAsync(connection, $"INSERT INTO {table} VALUES ($1)", id, stopped);
            await held();
        },
        stop);

    private static async Task<int> InsertAsync(NpgsqlConnection connection, string sql, string id, CancellationToken stop)
    {
        await using var insert = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = id } } };
        return await insert.ExecuteNonQueryAsync(stop);
    }
}
