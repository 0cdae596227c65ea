using Adapters.Tests.Servers;
using Npgsql;

namespace Adapters.Tests.PostgreSQL;

/// <summary>A table of a test's own on the real server, seen from outside the adapter, and a network to reach it by.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly NpgsqlDataSource _outside;

    private Database(NpgsqlDataSource outside, string table, TcpProxy network) => (_outside, Table, Network) = (outside, table, network);

    public string Table { get; }

    public TcpProxy Network { get; }

    public static async Task<Database> CreateAsync(PostgreSqlServer server)
    {
        NpgsqlDataSource outside = NpgsqlDataSource.Create(await server.ConnectionStringAsync());
        string table = $"done_{Guid.NewGuid():N}";
        var database = new Database(outside, table, new TcpProxy(await server.PortAsync(), "the leader's sign of life"u8.ToArray()));
        await database.ExecuteAsync($"CREATE TABLE {table} (id text PRIMARY KEY)");
        return database;
    }

    /// <summary>How an instance of the service under test connects: through the network, with the table's name and its own.</summary>
    public NpgsqlDataSource Connect(string instance = "", int mostConnections = 10) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(PostgreSqlServer.Connection(Network.Port).ConnectionString)
        {
            ApplicationName = Table + instance, MaxPoolSize = mostConnections,
        });

    public async Task<bool> HoldsAsync(string id) => await ScalarAsync<long>($"SELECT count(*) FROM {Table} WHERE id = '{id}'") == 1;

    /// <summary>Does the work as a successor would: it waits if the row is still locked.</summary>
    public async Task<bool> TakeOverAsync(string id) => await ExecuteAsync($"INSERT INTO {Table} VALUES ('{id}') ON CONFLICT DO NOTHING") == 1;

    /// <summary>Drops the test's own sessions: the server was restarted.</summary>
    public void Reconnect() => _outside.Clear();

    /// <summary>Gets how many sessions the service has.</summary>
    public Task<long> SessionsAsync() => ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{Table}'");

    /// <summary>Waits until the service has no session any more: the server ends one a moment after its client has said good-bye.</summary>
    public Task WithoutSessionsAsync() => WaitAsync(async () => await SessionsAsync() == 0);

    /// <summary>Gets whether the service waits for a statement with this text on the server.</summary>
    public Task<bool> RunsAsync(string text) =>
        ScalarAsync<bool>($"SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = '{Table}' AND state = 'active' AND query LIKE '%{text}%')");

    /// <summary>Gets whether an instance asks for the leadership: that is the last that was heard of one of its sessions.</summary>
    public Task<bool> AsksAsync(string instance) => ScalarAsync<bool>(
        $"SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = '{Table}{instance}' AND query LIKE '%pg_try_advisory_lock%')");

    /// <summary>Looks until it is true: the server tells nobody.</summary>
    public static async Task WaitAsync(Func<Task<bool>> condition)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!await condition()) { Assert.True(TimeProvider.System.GetElapsedTime(began) < TestTimeouts.Hang, "The server never got there."); }
    }

    public async Task<int> ExecuteAsync(string sql)
    {
        await using NpgsqlCommand command = _outside.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Network.DisposeAsync();
        await _outside.DisposeAsync();
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using NpgsqlCommand command = _outside.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
