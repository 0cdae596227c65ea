using Adapters.Tests.Contract;
using Adapters.Tests.Servers;
using Quiesce.RabbitMQ;

namespace Adapters.Tests.RabbitMQ;

/// <summary>The contract, and what is RabbitMQ's own: messages that were fetched and not begun.</summary>
public sealed class ConsumerTests(RabbitMqServer server) : AdapterContract
{
    [Fact]
    public async Task Signal_MessagesWereFetched_GoBackAtOnceWhileTheRunningOneFinishes()
    {
        // Arrange
        var leaving = new Leaving();
        await using ConsumerUnderTest adapter = await ConsumerUnderTest.StartAsync(server, leaving, new() { Prefetch = 10 });
        await adapter.Broker.PublishAsync("1", "2", "3", "4");
        await adapter.HasBegunAsync("1");

        // Act
        await leaving.BeginAsync();
        IReadOnlyList<string> back = await adapter.Broker.TakeAsync(3);
        bool stillRuns = adapter.Handled.IsEmpty;
        adapter.Finish();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        Assert.True(stillRuns);
        Assert.Equal(["2", "3", "4"], back.Order());
        Assert.Equal(["1"], adapter.Begun);
        Assert.Equal(0u, await adapter.Broker.ReadyAsync());
        Assert.Equal(["1 finished, 3 handed back"], report.Participants.SelectMany(static part => part.Notes));
    }

    /// <summary>Acknowledged before it is done, a message that the deadline catches is lost.</summary>
    [Fact]
    public async Task S13_DeadlineCatchesAMessage_IsDeliveredAgain()
    {
        // Arrange
        var leaving = new Leaving();
        await using ConsumerUnderTest adapter = await ConsumerUnderTest.StartAsync(server, leaving, new() { Concurrency = 2 });
        await adapter.Broker.PublishAsync("1", "2");
        await adapter.HasBegunAsync("1");
        await adapter.HasBegunAsync("2");

        // Act
        await leaving.BeginAsync();
        leaving.Cut();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        Assert.All(report.Abandoned, static unit => Assert.Equal(WorkOutcome.HandedBack, unit.Outcome));
        Assert.Equal(["1", "2"], (await adapter.Broker.TakeAsync(2)).Order());
    }

    [Fact]
    public async Task Handler_Throws_TheMessageIsRequeuedAndCounted()
    {
        var leaving = new Leaving();
        await using Broker broker = await Broker.StartAsync(server);
        RabbitMqConnection connection = leaving.Shutdown.UseRabbitMq(await broker.ConnectAsync());
        int calls = 0;
        var again = Completion.New();
        await connection.ConsumeAsync(broker.Queue, (message, _) =>
        {
            calls++;
            if (!message.Redelivered) { throw new InvalidOperationException("not this time"); }

            again.SetResult();
            return Task.CompletedTask;
        });
        await broker.PublishAsync("1");
        await again.Task.OrHang();

        ShutdownReport report = await leaving.StopAsync();

        Assert.Equal(2, calls);
        Assert.Equal(["1 finished, 1 failed", "1 had been delivered before"], report.Participants.SelectMany(static part => part.Notes));
    }

    [Fact]
    public async Task Drain_BrokerDiesBeforeTheAcknowledgement_SaysThatTheMessageComesAgain()
    {
        // Arrange
        var leaving = new Leaving();
        await using ConsumerUnderTest adapter = await ConsumerUnderTest.StartAsync(server, leaving);
        await adapter.BeginAsync("1");
        await leaving.BeginAsync();

        // Act
        adapter.CutNetwork();
        await adapter.Broker.TakeAsync(1); // the broker has seen it, and so has the client
        await adapter.LostAsync();
        adapter.Finish();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        Assert.Contains("1 done, but the acknowledgement was lost: they will be delivered again", report.Participants.SelectMany(static part => part.Notes));
    }

    [Fact]
    public async Task Signal_BrokerStandsStill_LeavesInsideTheGraceAndTheMessageIsBackWhenItGoesOn()
    {
        // Arrange
        var leaving = new Leaving(realTime: true);
        await using ConsumerUnderTest adapter = await ConsumerUnderTest.StartAsync(server, leaving);
        await adapter.BeginAsync("1");

        // Act
        await server.StandStillAsync();
        ShutdownReport report;
        try { report = await leaving.StopAsync(); }
        finally { await server.GoOnAsync(); }

        // Assert
        Assert.True(report.Duration < report.GracePeriod);
        Assert.NotEqual(ShutdownExitCode.Clean, report.ExitCode);
        Assert.Contains(report.Participants.SelectMany(static part => part.Notes), static note => note.Contains("basic.cancel", StringComparison.Ordinal));
        adapter.CutNetwork(); // the process has ended by now
        Assert.Equal(["1"], await adapter.Broker.TakeAsync(1));
    }

    [Fact]
    public async Task Drain_CheapToDoAgain_GoesBackWithoutTheDeadline()
    {
        // Arrange
        var leaving = new Leaving();
        await using ConsumerUnderTest adapter = await ConsumerUnderTest.StartAsync(server, leaving, new() { Policy = DrainPolicy.Cancel });
        await adapter.BeginAsync("1");

        // Act
        ShutdownReport report = await leaving.StopAsync();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
        Assert.Equal(["1"], await adapter.Broker.TakeAsync(1));
    }

    private protected override async Task<IAdapterUnderTest> StartAsync(Leaving leaving) => await ConsumerUnderTest.StartAsync(server, leaving);
}
