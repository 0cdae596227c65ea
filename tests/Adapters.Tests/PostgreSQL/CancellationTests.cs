using Adapters.Tests.Contract;
using Adapters.Tests.Servers;
using Quiesce.PostgreSql;
using Quiesce.Testing;

namespace Adapters.Tests.PostgreSQL;

/// <summary>What a cancellation on the server must not reach.</summary>
[Trait("Size", "Full")]
public sealed class CancellationTests(PostgreSqlServer server)
{
    /// <summary>A cancellation that comes late would end what the connection's next user does, its own included.</summary>
    [Fact]
    public async Task Deadline_WorkEndsWhileItsCancellationWaitsForAConnection_TheCancellationIsWithdrawn()
    {
        // Arrange: the only connection of the pool is the work's
        var leaving = new Leaving();
        var time = (ManualTimeProvider)leaving.Coordinator.Time;
        await using Database database = await Database.CreateAsync(server);
        PostgreSqlPool pool = leaving.Shutdown.UsePostgreSql(database.Connect(mostConnections: 1));
        using var opens = new PendingOpens();
        var begun = Completion.New();
        var finish = Completion.New();
        Task running = pool.TransactAsync("order", async (_, _) =>
        {
            begun.SetResult();
            await finish.Task; // it ignores its token
        });
        await begun.Task.OrHang();

        // Act: the deadline, and then the instant in which what ignores it is handed back
        await leaving.BeginAsync();
        leaving.Cut();
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(0.5)).OrHang();
        time.Advance(TimeSpan.FromSeconds(0.502));
        await Database.WaitAsync(opens.AnyAsync);
        finish.SetResult();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        await Assert.ThrowsAsync<OperationCanceledException>(() => running.OrHang());
        Assert.Equal(WorkOutcome.HandedBack, Assert.Single(report.Abandoned).Outcome);
    }
}
