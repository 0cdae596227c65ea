using Adapters.Tests.Contract;
using Adapters.Tests.Servers;
using Npgsql;
using Quiesce.PostgreSql;

namespace Adapters.Tests.PostgreSQL;

/// <summary>A pool whose transactions wait for the test, and a leader whose session is kept alive.</summary>
internal sealed class TransactionUnderTest : IAdapterUnderTest
{
    private readonly TaskCompletionSource _finish = Completion.New();
    private readonly Lines _begun = new();

    private TransactionUnderTest(Database database, PostgreSqlPool pool, PostgreSqlLeader leader) => (Database, Pool, Leader) = (database, pool, leader);

    public Database Database { get; }

    public PostgreSqlPool Pool { get; }

    public PostgreSqlLeader Leader { get; }

    /// <summary>Gets the transaction that was begun last.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public static async Task<TransactionUnderTest> StartAsync(PostgreSqlServer server, Leaving leaving)
    {
        Database database = await Database.CreateAsync(server);
        PostgreSqlPool pool = leaving.Shutdown.UsePostgreSql(database.Connect());
        var reigns = new Reigns(); // a second one when its session was cut
        PostgreSqlLeader leader = pool.Lead(database.Table, reigns.LeadAsync, new() { CheckInterval = TimeSpan.FromMilliseconds(50) });
        await (await reigns.NextAsync()).Began.OrHang();
        return new TransactionUnderTest(database, pool, leader);
    }

    public async Task BeginAsync(string id)
    {
        Running = Pool.TransactAsync("order", (connection, stop) => WriteAsync(connection, id, stop));
        await _begun.ContainingAsync(id);
    }

    public async Task<bool> OfferAsync(string id)
    {
        try { await Pool.TransactAsync("order", (connection, stop) => WriteAsync(connection, id, stop)); }
        catch (InvalidOperationException refused)
        {
            Assert.Contains("must say that it uses 'postgresql'", refused.Message, StringComparison.Ordinal);
        }

        return _begun.Snapshot().Contains(id);
    }

    public void Finish() => _finish.SetResult();

    public async Task<bool> IsDoneAsync(string id)
    {
        await Running.OrHang();
        await Database.WithoutSessionsAsync();
        return await Database.HoldsAsync(id);
    }

    public Task<bool> IsBackAsync(string id) => Database.TakeOverAsync(id);

    public void CutNetwork() => Database.Network.Cut();

    public void HangNetwork() => Database.Network.Hang();

    public async Task ReleaseAgainAsync()
    {
        var leaving = new Leaving();
        leaving.Shutdown.Add(Pool);
        leaving.Shutdown.Add(Leader);
        ShutdownReport report = await leaving.StopAsync();
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    public Task SignsOfLifeAsync() => Database.Network.SignsOfLifeAsync(4);

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private async Task WriteAsync(NpgsqlConnection connection, string id, CancellationToken stop)
    {
        await using var insert = new NpgsqlCommand($"INSERT INTO {Database.Table} VALUES ('{id}')", connection);
        await insert.ExecuteNonQueryAsync(stop);
        _begun.Add(id);
        await _finish.Task.WaitAsync(stop);
    }
}
