using Npgsql;

namespace Adapters.Tests.Stories;

/// <summary>The effects as they stand in the real database, and the keys of those that are written once.</summary>
internal sealed class EffectTable : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;

    private EffectTable(NpgsqlDataSource database) => _database = database;

    public string Name { get; } = $"effects_{Guid.NewGuid():N}";

    public static async Task<EffectTable> CreateAsync(string database)
    {
        var table = new EffectTable(NpgsqlDataSource.Create(database));
        await using NpgsqlCommand create = table._database.CreateCommand(
            $"CREATE TABLE {table.Name} (id text NOT NULL); CREATE TABLE {table.Name}_keys (id text PRIMARY KEY)");
        await create.ExecuteNonQueryAsync();
        return table;
    }

    /// <summary>Gets the message of each effect; one that took place twice is there twice.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync()
    {
        List<string> ids = [];
        await using NpgsqlCommand select = _database.CreateCommand($"SELECT id FROM {Name}");
        await using NpgsqlDataReader reader = await select.ExecuteReaderAsync();
        while (await reader.ReadAsync()) { ids.Add(reader.GetString(0)); }

        return ids;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
