using Adapters.Tests.Contract;
using Adapters.Tests.Servers;
using Quiesce.RabbitMQ;
using RabbitMQ.Client;

namespace Adapters.Tests.RabbitMQ;

/// <summary>Many messages on the client's dispatch loops, and one loop in reserve.</summary>
[Trait("Size", "Full")]
public sealed class ConsumerLoadTests(RabbitMqServer server)
{
    /// <summary>A late-acknowledged task that ended during the warm shutdown was put back all the same, and ran twice.</summary>
    /// <seealso href="https://github.com/celery/celery/issues/3802"/>
    [Fact]
    public async Task S12_StopsAtAThird_EachMessageIsDoneOnceAndTheFetchedOnesAreASuccessorsWhileTenStillRun()
    {
        // Arrange: of 1,000 messages 300 are done, ten run, and thirty are fetched
        string[] ids = [.. Enumerable.Range(0, 1_000).Select(static id => $"message {id:000}")];
        var leaving = new Leaving();
        await using Broker broker = await Broker.StartAsync(server);
        await broker.PublishAsync(ids);
        var held = new HeldHandler(letThrough: 300);
        RabbitMqConnection connection = leaving.Shutdown.UseRabbitMq(await broker.ConnectAsync());
        await connection.ConsumeAsync(broker.Queue, held.HandleAsync, new() { Prefetch = 40, Concurrency = 10 });
        await held.HaveBegunAsync(310);

        // Act
        await leaving.BeginAsync();
        IReadOnlyList<string> successor = await broker.TakeAsync(690);
        int doneByThen = held.Done.Count;
        held.Release();
        ShutdownReport report = await leaving.ReportAsync();
        string[] said = broker.Trace.Methods;

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
        Assert.Equal(300, doneByThen);
        Assert.Equal(ids, held.Done.Concat(successor).Order());
        Assert.Equal(0u, await broker.ReadyAsync());

        // Receiving ends, what was fetched goes back, the last ones are settled, and only then anything is closed.
        Assert.All(said[..Array.IndexOf(said, "basic.cancel")], static method => Assert.Equal("basic.ack", method));
        int fetched = said.Count(static method => method == "basic.nack");
        Assert.InRange(fetched, 1, 30);
        Assert.Equal(
            ["basic.cancel", .. Enumerable.Repeat("basic.nack", fetched), .. Enumerable.Repeat("basic.ack", 10), "channel.close", "connection.close"],
            said[Array.IndexOf(said, "basic.cancel")..]);
    }

    [Fact]
    public async Task Signal_EveryHandlerBlocksItsThread_TheFetchedOnesGoBackAtOnceAllTheSame()
    {
        // Arrange
        var leaving = new Leaving();
        await using Broker broker = await Broker.StartAsync(server);
        using var unblock = new ManualResetEventSlim();
        using var begun = new CountdownEvent(2);
        RabbitMqConnection connection = leaving.Shutdown.UseRabbitMq(await broker.ConnectAsync());
        await connection.ConsumeAsync(
            broker.Queue,
            (_, _) =>
            {
                begun.Signal();
                unblock.Wait(TestTimeouts.Hang, CancellationToken.None);
                return Task.CompletedTask;
            },
            new() { Prefetch = 10, Concurrency = 2 });
        await broker.PublishAsync("1", "2", "3", "4", "5");
        Assert.True(await Task.Run(() => begun.Wait(TestTimeouts.Hang)));

        // Act
        await leaving.BeginAsync();
        IReadOnlyList<string> back = await broker.TakeAsync(3);
        unblock.Set();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        Assert.Equal(["3", "4", "5"], back.Order());
        Assert.Equal(["2 finished, 3 handed back"], report.Participants.SelectMany(static part => part.Notes));
    }

    [Fact]
    public async Task Consume_OneAtATime_KeepsTheOrderOfTheQueue()
    {
        // Arrange
        string[] ids = [.. Enumerable.Range(0, 500).Select(static id => $"message {id:000}")];
        var leaving = new Leaving();
        await using Broker broker = await Broker.StartAsync(server);
        await broker.PublishAsync(ids);
        var held = new HeldHandler(letThrough: ids.Length);
        RabbitMqConnection connection = leaving.Shutdown.UseRabbitMq(await broker.ConnectAsync());

        // Act
        await connection.ConsumeAsync(broker.Queue, held.HandleAsync, new() { Prefetch = 50 });
        await held.HaveBegunAsync(ids.Length);
        await leaving.StopAsync();

        // Assert
        Assert.Equal(ids, held.Done);
    }

    [Fact]
    public async Task Connection_IsClosedByTheApplication_DoesNotWaitForWhatRuns()
    {
        // Arrange
        var leaving = new Leaving();
        await using Broker broker = await Broker.StartAsync(server);
        var held = new HeldHandler(letThrough: 0);
        IConnection connection = await broker.ConnectAsync();
        await leaving.Shutdown.UseRabbitMq(connection).ConsumeAsync(broker.Queue, held.HandleAsync);
        await broker.PublishAsync("1");
        await held.HaveBegunAsync(1);

        // Act
        await connection.CloseAsync().OrHang();
        held.Release();
        ShutdownReport report = await leaving.StopAsync();

        // Assert
        Assert.Contains("the connection was gone", report.Participants.SelectMany(static part => part.Notes));
        Assert.Equal(["1"], await broker.TakeAsync(1));
    }

    [Fact]
    public async Task Connection_IsLostWhileAHandlerRuns_RecoversAtOnceAndNothingRunsBesideTheOldHandler()
    {
        // Arrange
        var leaving = new Leaving();
        await using Broker broker = await Broker.StartAsync(server);
        var held = new HeldHandler(letThrough: 0);
        IConnection connection = await broker.ConnectAndRecoverAsync();
        var recovered = Completion.New();
        connection.RecoverySucceededAsync += (_, _) =>
        {
            recovered.TrySetResult();
            return Task.CompletedTask;
        };
        await leaving.Shutdown.UseRabbitMq(connection).ConsumeAsync(broker.Queue, held.HandleAsync, new() { Prefetch = 10 });
        await broker.PublishAsync("1");
        await held.HaveBegunAsync(1);

        // Act
        broker.Network.Cut();
        await recovered.Task.OrHang();
        await broker.PublishAsync("2");
        await broker.EverythingDeliveredAsync();
        held.Release();
        await held.HaveBegunAsync(3);
        ShutdownReport report = await leaving.StopAsync();

        // Assert
        Assert.Equal(1, held.MostAtOnce);
        Assert.Equal(["1", "1", "2"], held.Done.Order());
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
        Assert.Contains("1 had been delivered before", report.Participants.SelectMany(static part => part.Notes));
    }
}
