using Adapters.Tests.Contract;
using Adapters.Tests.Servers;
using Npgsql;
using Quiesce.PostgreSql;

namespace Adapters.Tests.PostgreSQL;

/// <summary>The contract, and what is PostgreSQL's own: a commit, and a statement that runs on the server.</summary>
public sealed class PoolTests(PostgreSqlServer server) : AdapterContract
{
    [Fact]
    public async Task Deadline_CommitIsUnderWay_IsNotCancelled()
    {
        // Arrange
        var leaving = new Leaving();
        await using TransactionUnderTest adapter = await TransactionUnderTest.StartAsync(server, leaving);
        await CommitUnansweredAsync(leaving, adapter);

        // Act
        leaving.Cut();
        await leaving.AbortedAsync();
        adapter.Database.Network.Resume();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        await adapter.Running.OrHang();
        Assert.Equal(WorkOutcome.Completed, Assert.Single(report.Abandoned).Outcome);
        Assert.True(await adapter.Database.HoldsAsync("1"));
    }

    [Fact]
    public async Task Drain_ConnectionIsLostDuringTheCommit_IsReportedAsUnknown()
    {
        // Arrange
        var leaving = new Leaving();
        await using TransactionUnderTest adapter = await TransactionUnderTest.StartAsync(server, leaving);
        await CommitUnansweredAsync(leaving, adapter);

        // Act
        adapter.CutNetwork();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        await Assert.ThrowsAsync<CommitOutcomeUnknownException>(() => adapter.Running.OrHang());
        Assert.Contains("1 commits were sent and never answered: unknown", report.Participants.SelectMany(static part => part.Notes));
    }

    [Fact]
    public async Task Deadline_StatementRunsOnTheServer_IsCancelledThere()
    {
        // Arrange
        var leaving = new Leaving();
        await using TransactionUnderTest adapter = await TransactionUnderTest.StartAsync(server, leaving);
        Task running = adapter.Pool.TransactAsync("report", static (connection, stop) => ExecuteAsync(connection, "SELECT pg_sleep(600)", stop));
        await Database.WaitAsync(() => adapter.Database.RunsAsync("pg_sleep"));

        // Act
        await leaving.BeginAsync();
        leaving.Cut();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.OrHang());
        Assert.Equal(WorkOutcome.HandedBack, Assert.Single(report.Abandoned).Outcome);
        await adapter.Database.WithoutSessionsAsync();
    }

    /// <summary>Closing the connection would leave the statement running, and its locks held.</summary>
    /// <seealso href="https://github.com/npgsql/npgsql/issues/1606"/>
    [Fact]
    public async Task Deadline_WorkIgnoresItsToken_ItsStatementIsCancelledOnTheServer()
    {
        // Arrange
        var leaving = new Leaving(realTime: true);
        await using TransactionUnderTest adapter = await TransactionUnderTest.StartAsync(server, leaving);
        Task running = adapter.Pool.TransactAsync("report", static (connection, _) => ExecuteAsync(connection, "SELECT pg_sleep(600)", CancellationToken.None));
        await Database.WaitAsync(() => adapter.Database.RunsAsync("pg_sleep"));

        // Act
        leaving.Signal();
        leaving.Cut();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        PostgresException cancelled = await Assert.ThrowsAsync<PostgresException>(() => running.OrHang());
        Assert.Equal(PostgresErrorCodes.QueryCanceled, cancelled.SqlState);
        Assert.Equal(WorkOutcome.HandedBack, Assert.Single(report.Abandoned).Outcome);
    }

    [Fact]
    public async Task Deadline_WorkReturnsTooLate_IsRolledBackAndNotDone()
    {
        // Arrange
        var leaving = new Leaving(realTime: true);
        await using TransactionUnderTest adapter = await TransactionUnderTest.StartAsync(server, leaving);
        var written = Completion.New();
        Task running = adapter.Pool.TransactAsync("order", async (connection, _) =>
        {
            await ExecuteAsync(connection, $"INSERT INTO {adapter.Database.Table} VALUES ('late')", CancellationToken.None);
            written.SetResult();
            await leaving.Coordinator.Completion; // it ignores its token until everything is over
        });
        await written.Task.OrHang();

        // Act
        leaving.Signal();
        leaving.Cut();
        await leaving.ReportAsync();

        // Assert
        await Assert.ThrowsAsync<OperationCanceledException>(() => running.OrHang());
        Assert.True(await adapter.Database.TakeOverAsync("late"));
    }

    [Fact]
    public async Task Work_Throws_IsRolledBackAndTheExceptionIsTheCallers()
    {
        // Arrange
        var leaving = new Leaving();
        await using TransactionUnderTest adapter = await TransactionUnderTest.StartAsync(server, leaving);

        // Act
        Task running = adapter.Pool.TransactAsync("order", async (connection, stop) =>
        {
            await ExecuteAsync(connection, $"INSERT INTO {adapter.Database.Table} VALUES ('1')", stop);
            throw new FormatException("not this one");
        });

        // Assert
        await Assert.ThrowsAsync<FormatException>(() => running.OrHang());
        Assert.True(await adapter.Database.TakeOverAsync("1"));
        Assert.Equal(ShutdownExitCode.Clean, (await leaving.StopAsync()).ExitCode);
    }

    [Fact]
    public async Task Drain_ServerIsStopped_LeavesAndNothingIsThere()
    {
        // Arrange
        var leaving = new Leaving(realTime: true);
        await using TransactionUnderTest adapter = await TransactionUnderTest.StartAsync(server, leaving);
        await adapter.BeginAsync("1");
        await leaving.BeginAsync();

        // Act
        await server.RestartAsync();
        adapter.Database.Reconnect();
        adapter.Finish();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        Assert.True(report.Duration < report.GracePeriod);
        await Assert.ThrowsAnyAsync<Exception>(() => adapter.Running.OrHang());
        Assert.True(await adapter.Database.TakeOverAsync("1"));
    }

    private protected override async Task<IAdapterUnderTest> StartAsync(Leaving leaving) => await TransactionUnderTest.StartAsync(server, leaving);

    /// <summary>A commit that took place during the drain, and whose answer is under way.</summary>
    private static async Task CommitUnansweredAsync(Leaving leaving, TransactionUnderTest adapter)
    {
        await adapter.BeginAsync("1");
        await leaving.BeginAsync();
        adapter.Database.Network.HoldAnswers();
        adapter.Finish();
        await Database.WaitAsync(() => adapter.Database.HoldsAsync("1"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
