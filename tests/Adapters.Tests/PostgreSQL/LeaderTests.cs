using Adapters.Tests.Contract;
using Adapters.Tests.Servers;
using Quiesce.PostgreSql;

namespace Adapters.Tests.PostgreSQL;

/// <summary>One leader at a time, whatever happens; held through the drain and given up after it.</summary>
[Trait("Size", "Full")]
public sealed class LeaderTests(PostgreSqlServer server)
{
    [Fact]
    public async Task Drain_WorkIsInFlight_LeadsUntilItIsSettledAndThenTheOtherLeads()
    {
        // Arrange: the other asks once an hour, so only being told makes it lead
        await using Database database = await Database.CreateAsync(server);
        var leaving = new Leaving();
        PostgreSqlPool pool = leaving.Shutdown.UsePostgreSql(database.Connect());
        var first = new Reign();
        pool.Lead(database.Table, first.LeadAsync);
        await first.Began.OrHang();
        var staying = new Leaving();
        var second = new Reign();
        staying.Shutdown.UsePostgreSql(database.Connect()).Lead(database.Table, second.LeadAsync, new() { RetryInterval = TimeSpan.FromHours(1) });
        Assert.True(leaving.Shutdown.Work.TryBegin("order", out WorkLease order));

        // Act
        await leaving.BeginAsync();
        bool stillLeads = !first.Ended.IsCompleted;
        order.Dispose();
        await leaving.ReportAsync();

        // Assert
        Assert.True(stillLeads);
        await second.Began.OrHang();
        Assert.True(first.Ended.IsCompleted);
        await staying.StopAsync();
        await database.WithoutSessionsAsync();
    }

    [Fact]
    public async Task Session_IsCut_TheWorkIsToldAndItLeadsAgain()
    {
        // Arrange
        await using Database database = await Database.CreateAsync(server);
        var leaving = new Leaving();
        var reigns = new Reigns();
        leaving.Shutdown.UsePostgreSql(database.Connect()).Lead(database.Table, reigns.LeadAsync, new() { RetryInterval = TimeSpan.FromMilliseconds(10) });
        Reign first = await reigns.NextAsync();

        // Act: an administrator, a failover
        await database.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{database.Table}'");

        // Assert
        await first.Ended.OrHang();
        Reign second = await reigns.NextAsync();
        Assert.Equal(ShutdownExitCode.Clean, (await leaving.StopAsync()).ExitCode);
        await second.Ended.OrHang();
        await leaving.Logs.Lines.ContainingAsync("session was lost");
    }

    [Fact]
    public async Task Network_Hangs_TheWorkIsToldThoughNobodyClosedTheConnection()
    {
        // Arrange
        await using Database database = await Database.CreateAsync(server);
        var leaving = new Leaving();
        var reign = new Reign();
        leaving.Shutdown.UsePostgreSql(database.Connect())
            .Lead(database.Table, reign.LeadAsync, new() { CheckInterval = TimeSpan.FromMilliseconds(50), RetryInterval = TimeSpan.FromHours(1) });
        await reign.Began.OrHang();

        // Act
        database.Network.Hang();

        // Assert: the lock is not kept by a connection that nobody leads with
        await reign.Ended.OrHang();
        database.Network.Resume();
        var other = new Leaving();
        var next = new Reign();
        other.Shutdown.UsePostgreSql(database.Connect()).Lead(database.Table, next.LeadAsync, new() { RetryInterval = TimeSpan.FromMilliseconds(50) });
        await next.Began.OrHang();
        await leaving.StopAsync();
        await other.StopAsync();
    }

    [Fact]
    public async Task Signal_StoodAndDidNotLead_DoesNotBeginToLead()
    {
        // Arrange
        await using Database database = await Database.CreateAsync(server);
        var leading = new Leaving();
        var first = new Reign();
        leading.Shutdown.UsePostgreSql(database.Connect()).Lead(database.Table, first.LeadAsync);
        await first.Began.OrHang();
        var leaving = new Leaving();
        var second = new Reign();
        leaving.Shutdown.UsePostgreSql(database.Connect("second")).Lead(database.Table, second.LeadAsync, new() { RetryInterval = TimeSpan.FromMilliseconds(10) });
        await Database.WaitAsync(() => database.AsksAsync("second"));
        Assert.True(leaving.Shutdown.Work.TryBegin("order", out WorkLease order));

        // Act: the leader leaves while the other drains
        await leaving.BeginAsync();
        await Database.WaitAsync(async () => !await database.AsksAsync("second"));
        await leading.StopAsync();
        order.Dispose();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        Assert.False(second.Began.IsCompleted);
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task Work_Fails_IsLoggedAndAnotherLeads()
    {
        // Arrange
        await using Database database = await Database.CreateAsync(server);
        var leaving = new Leaving();
        PostgreSqlPool pool = leaving.Shutdown.UsePostgreSql(database.Connect());
        var failed = Completion.New();
        pool.Lead(database.Table, _ =>
        {
            failed.TrySetResult();
            throw new FormatException("no sweep today");
        }, new() { RetryInterval = TimeSpan.FromHours(1) });
        await failed.Task.OrHang();

        // Act
        var other = new Leaving();
        var second = new Reign();
        other.Shutdown.UsePostgreSql(database.Connect()).Lead(database.Table, second.LeadAsync);

        // Assert
        await second.Began.OrHang();
        await leaving.StopAsync();
        await other.StopAsync();
        await leaving.Logs.Lines.ContainingAsync("work failed");
    }

    [Fact]
    public async Task Deadline_WorkDoesNotEnd_LeadershipIsHeldUntilTheProcessEnds()
    {
        // Arrange
        await using Database database = await Database.CreateAsync(server);
        var leaving = new Leaving(realTime: true);
        var began = Completion.New();
        var never = Completion.New();
        leaving.Shutdown.UsePostgreSql(database.Connect()).Lead(database.Table, _ =>
        {
            began.SetResult();
            return never.Task;
        });
        await began.Task.OrHang();

        // Act
        leaving.Signal();
        leaving.Cut();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        string[] notes = [.. report.Participants.SelectMany(static part => part.Notes)];
        Assert.Contains("its work was asked to end and has not", notes);
        Assert.Contains("not given up, because the leader's work still runs: held until the process ends", notes);
        Assert.NotEqual(0, await database.SessionsAsync());
        never.SetResult();
    }

    [Fact]
    public void Options_IntervalOutOfRange_IsRefusedInWords()
    {
        var leaving = new Leaving();
        PostgreSqlPool pool = leaving.Shutdown.UsePostgreSql(Npgsql.NpgsqlDataSource.Create("Host=127.0.0.1"));

        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(
            () => pool.Lead("sweeper", static _ => Task.CompletedTask, new() { CheckInterval = TimeSpan.Zero }));

        Assert.Contains("CheckInterval is 00:00:00; use 00:00:00.0100000 to 01:00:00", refused.Message, StringComparison.Ordinal);
    }
}
