using Adapters.Tests.Servers;
using Checkout.Postgres;
using Checkout.Shutdown.Clients;
using Npgsql;

namespace Checkout.Tests.Servers;

/// <summary>A database of a test's own, with the service's tables, in this process.</summary>
internal sealed class ShopDatabase : IAsyncDisposable
{
    private ShopDatabase(NpgsqlDataSource dataSource) => (DataSource, Transactions) = (dataSource, new PlainTransactions(dataSource));

    public NpgsqlDataSource DataSource { get; }

    public ITransactions Transactions { get; }

    public static async Task<ShopDatabase> OpenAsync(PostgreSqlServer postgres)
    {
        NpgsqlConnectionStringBuilder settings = await ShopConnections.NewDatabaseAsync(postgres);
        NpgsqlDataSource dataSource = NpgsqlDataSource.Create(settings);
        await new PostgresSchema(settings, dataSource).StartAsync(CancellationToken.None);
        return new ShopDatabase(dataSource);
    }

    public async Task<long> CountAsync(string table)
    {
        await using NpgsqlCommand command = DataSource.CreateCommand($"SELECT count(*) FROM {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();
}
