using Npgsql;

namespace Checkout.Postgres;

/// <summary>SQL with its parameters, <c>$1</c> and so on, in one call.</summary>
internal static class PostgresCommands
{
    /// <returns>How many rows were written.</returns>
    public static async Task<int> ExecuteAsync(
        this NpgsqlConnection connection, string sql, IReadOnlyList<object> parameters, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.CreateCommand(); // takes part in the connection's transaction, if there is one
        command.CommandText = sql;
        foreach (object value in parameters) { command.Parameters.Add(new NpgsqlParameter { Value = value }); }
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>The rows, each as <paramref name="read"/> makes it.</returns>
    public static async Task<List<T>> QueryAsync<T>(
        this NpgsqlConnection connection, string sql, IReadOnlyList<object> parameters, Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (object value in parameters) { command.Parameters.Add(new NpgsqlParameter { Value = value }); }
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken)) { rows.Add(read(reader)); }
        return rows;
    }
}
