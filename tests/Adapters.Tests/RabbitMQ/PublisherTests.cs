using Adapters.Tests.Contract;
using Adapters.Tests.Servers;
using Quiesce.RabbitMQ;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Adapters.Tests.RabbitMQ;

/// <summary>A message that was sent is confirmed, or said to be unknown.</summary>
[Trait("Size", "Full")]
public sealed class PublisherTests(RabbitMqServer server)
{
    [Fact]
    public async Task Drain_ConfirmIsOutstanding_WaitsForItBeforeTheChannelCloses()
    {
        // Arrange
        var leaving = new Leaving();
        await using Broker broker = await Broker.StartAsync(server);
        RabbitMqPublisher publisher = await PublisherAsync(leaving, broker);
        broker.Network.HoldAnswers();
        Task publishing = publisher.PublishAsync("", broker.Queue, "1"u8.ToArray());
        await broker.TakeAsync(1); // the broker has it, and its confirm is under way

        // Act: the step itself, because the channel's close would wait for the confirm too
        Task draining = publisher.DrainAsync(leaving.Context(ShutdownPhase.Drain), TestContext.Current.CancellationToken);
        bool waits = !draining.IsCompleted;
        broker.Network.Resume();
        await draining.OrHang();
        ShutdownReport report = await leaving.StopAsync();

        // Assert
        Assert.True(waits);
        await publishing.OrHang();
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task Deadline_ConfirmIsOutstanding_IsNamed()
    {
        // Arrange
        var leaving = new Leaving();
        await using Broker broker = await Broker.StartAsync(server);
        RabbitMqPublisher publisher = await PublisherAsync(leaving, broker);
        broker.Network.HoldAnswers();
        Task publishing = publisher.PublishAsync("", broker.Queue, "1"u8.ToArray());
        await broker.TakeAsync(1);

        // Act
        await leaving.BeginAsync();
        leaving.Cut();
        await leaving.AbortedAsync();
        broker.Network.Resume();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        Assert.Equal("publish (orders)", Assert.Single(report.Abandoned).Kind);
        await publishing.OrHang();
    }

    [Fact]
    public async Task Drain_ConnectionIsLostBeforeTheConfirm_IsReportedAsUnknown()
    {
        // Arrange
        var leaving = new Leaving();
        await using Broker broker = await Broker.StartAsync(server);
        RabbitMqPublisher publisher = await PublisherAsync(leaving, broker);
        broker.Network.HoldAnswers();
        Task publishing = publisher.PublishAsync("", broker.Queue, "1"u8.ToArray());
        await broker.TakeAsync(1);

        // Act
        await leaving.BeginAsync();
        broker.Network.Cut();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        await Assert.ThrowsAnyAsync<OperationInterruptedException>(() => publishing.OrHang());
        Assert.Contains("1 messages were sent and never confirmed: unknown", report.Participants.SelectMany(static part => part.Notes));
    }

    [Fact]
    public async Task Publish_ChannelIsGone_ThrowsAndIsNotCountedAsUnknown()
    {
        // Arrange
        var leaving = new Leaving();
        await using Broker broker = await Broker.StartAsync(server);
        IConnection connection = await broker.ConnectAsync();
        RabbitMqPublisher publisher = await leaving.Shutdown.UseRabbitMq(connection).CreatePublisherAsync("orders");
        await connection.CloseAsync();

        // Act
        await Assert.ThrowsAsync<AlreadyClosedException>(() => publisher.PublishAsync("", broker.Queue, "1"u8.ToArray()));
        ShutdownReport report = await leaving.StopAsync();

        // Assert
        Assert.DoesNotContain(report.Participants.SelectMany(static part => part.Notes), static note => note.Contains("unknown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_NameIsTaken_LeavesNoChannelBehind()
    {
        var leaving = new Leaving();
        await using Broker broker = await Broker.StartAsync(server);
        RabbitMqConnection connection = leaving.Shutdown.UseRabbitMq(await broker.ConnectAsync());
        await connection.CreatePublisherAsync("orders");

        await Assert.ThrowsAsync<ShutdownConfigurationException>(() => connection.CreatePublisherAsync("orders"));

        Assert.Equal(["channel.close"], broker.Trace.Methods);
    }

    [Fact]
    public async Task Publish_HasDrained_SendsNothingAndSaysWhatIsMissing()
    {
        var leaving = new Leaving();
        await using Broker broker = await Broker.StartAsync(server);
        RabbitMqPublisher publisher = await PublisherAsync(leaving, broker);
        await leaving.StopAsync();

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => publisher.PublishAsync("", broker.Queue, "1"u8.ToArray()));

        Assert.Contains("must say that it uses 'orders'", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<RabbitMqPublisher> PublisherAsync(Leaving leaving, Broker broker)
    {
        RabbitMqConnection connection = leaving.Shutdown.UseRabbitMq(await broker.ConnectAsync());
        return await connection.CreatePublisherAsync("orders");
    }
}
