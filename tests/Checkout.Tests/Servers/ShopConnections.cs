using Adapters.Tests.Servers;
using Npgsql;

namespace Checkout.Tests.Servers;

/// <summary>A database and a queue of a test's own.</summary>
internal static class ShopConnections
{
    public static async Task<NpgsqlConnectionStringBuilder> NewDatabaseAsync(PostgreSqlServer postgres)
    {
        NpgsqlConnectionStringBuilder settings = PostgreSqlServer.Connection(await postgres.PortAsync());
        await using NpgsqlDataSource server = NpgsqlDataSource.Create(settings);
        string name = $"shop_{Guid.NewGuid():N}";
        await using NpgsqlCommand create = server.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        settings.Database = name;
        return settings;
    }

    /// <summary>What the environment of Checkout's processes says.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> NewAsync(PostgreSqlServer postgres, RabbitMqServer rabbitMq)
    {
        NpgsqlConnectionStringBuilder settings = await NewDatabaseAsync(postgres);
        return new Dictionary<string, string>
        {
            ["ConnectionStrings__Postgres"] = settings.ConnectionString,
            ["ConnectionStrings__RabbitMQ"] = $"amqp://127.0.0.1:{await rabbitMq.PortAsync()}/",
            ["Queue__Name"] = settings.Database!,
        };
    }
}
