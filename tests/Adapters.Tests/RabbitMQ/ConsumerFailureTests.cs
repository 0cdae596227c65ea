using Adapters.Tests.Contract;
using Adapters.Tests.Servers;
using Quiesce.RabbitMQ;
using RabbitMQ.Client.Exceptions;

namespace Adapters.Tests.RabbitMQ;

/// <summary>Messages that fail, and a broker that does.</summary>
[Trait("Size", "Full")]
public sealed class ConsumerFailureTests(RabbitMqServer server)
{
    [Fact]
    public async Task Drain_BrokerIsKilled_LeavesInsideTheGraceAndSaysThatTheMessageComesAgain()
    {
        // Arrange
        var leaving = new Leaving(realTime: true);
        await using ConsumerUnderTest adapter = await ConsumerUnderTest.StartAsync(server, leaving);
        await adapter.BeginAsync("1");
        await leaving.BeginAsync();

        // Act
        await server.KillAsync();
        await adapter.LostAsync();
        adapter.Finish();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        Assert.True(report.Duration < report.GracePeriod);
        string[] notes = [.. report.Participants.SelectMany(static part => part.Notes)];
        Assert.Contains("1 done, but the acknowledgement was lost: they will be delivered again", notes);
        Assert.Contains("the connection was gone", notes);
    }

    [Fact]
    public async Task Consume_QueueIsNotThereYet_CanBeTriedAgain()
    {
        // Arrange
        var leaving = new Leaving();
        await using Broker broker = await Broker.StartAsync(server);
        RabbitMqConnection connection = leaving.Shutdown.UseRabbitMq(await broker.ConnectAsync());
        var held = new HeldHandler(letThrough: 1);
        string queue = $"later-{Guid.NewGuid():N}";
        await Assert.ThrowsAsync<OperationInterruptedException>(() => connection.ConsumeAsync(queue, held.HandleAsync));

        // Act
        await broker.DeclareAsync(queue);
        await connection.ConsumeAsync(queue, held.HandleAsync);
        await broker.PublishToAsync(queue, "1");
        await held.HaveBegunAsync(1);
        ShutdownReport report = await leaving.StopAsync();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task Handler_ThrowsAndMessagesAreNotRequeued_GoesToTheDeadLetters()
    {
        // Arrange
        var leaving = new Leaving();
        await using Broker broker = await Broker.StartAsync(server);
        string failing = await broker.DeclareWithDeadLettersAsync();
        RabbitMqConnection connection = leaving.Shutdown.UseRabbitMq(await broker.ConnectAsync());
        await connection.ConsumeAsync(failing, static (_, _) => throw new InvalidOperationException("never"), new() { RequeueFailed = false });

        // Act
        await broker.PublishToAsync(failing, "1");
        IReadOnlyList<string> dead = await broker.TakeAsync(1);
        ShutdownReport report = await leaving.StopAsync();

        // Assert
        Assert.Equal(["1"], dead);
        Assert.Contains("1 failed", report.Participants.SelectMany(static part => part.Notes));
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }
}
