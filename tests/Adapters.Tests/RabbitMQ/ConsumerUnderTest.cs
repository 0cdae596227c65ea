using System.Collections.Concurrent;
using System.Text;
using Adapters.Tests.Contract;
using Adapters.Tests.Servers;
using Quiesce.RabbitMQ;
using RabbitMQ.Client;

namespace Adapters.Tests.RabbitMQ;

/// <summary>A consumer whose messages wait for the test.</summary>
internal sealed class ConsumerUnderTest : IAdapterUnderTest
{
    private readonly TaskCompletionSource _finish = Completion.New();
    private readonly TaskCompletionSource _lost = Completion.New();
    private readonly Lines _begun = new();

    private ConsumerUnderTest(Broker broker) => Broker = broker;

    public Broker Broker { get; }

    public RabbitMqConnection Connection { get; private set; } = null!;

    public RabbitMqConsumer Consumer { get; private set; } = null!;

    /// <summary>Gets the messages whose handler ended well.</summary>
    public ConcurrentQueue<string> Handled { get; } = new();

    public IReadOnlyList<string> Begun => _begun.Snapshot();

    public static async Task<ConsumerUnderTest> StartAsync(RabbitMqServer server, Leaving leaving, RabbitMqConsumerOptions? options = null)
    {
        var adapter = new ConsumerUnderTest(await Broker.StartAsync(server));
        IConnection connection = await adapter.Broker.ConnectAsync();
        connection.ConnectionShutdownAsync += (_, _) =>
        {
            adapter._lost.TrySetResult();
            return Task.CompletedTask;
        };
        adapter.Connection = leaving.Shutdown.UseRabbitMq(connection);
        adapter.Consumer = await adapter.Connection.ConsumeAsync(adapter.Broker.Queue, adapter.HandleAsync, options);
        return adapter;
    }

    public async Task BeginAsync(string id)
    {
        await Broker.PublishAsync(id);
        await HasBegunAsync(id);
    }

    public Task HasBegunAsync(string id) => _begun.ContainingAsync(id);

    public async Task<bool> OfferAsync(string id)
    {
        await Broker.PublishAsync(id);
        Assert.Equal([id], await Broker.TakeAsync(1)); // it went to somebody else
        return _begun.Snapshot().Contains(id);
    }

    /// <summary>Completes when the client knows that its connection is gone.</summary>
    public Task LostAsync() => _lost.Task.OrHang();

    public void Finish() => _finish.SetResult();

    public async Task<bool> IsDoneAsync(string id) => Handled.Contains(id) && await Broker.ReadyAsync() == 0;

    public async Task<bool> IsBackAsync(string id) => (await Broker.TakeAsync(1)).Contains(id);

    public void CutNetwork() => Broker.Network.Cut();

    public void HangNetwork() => Broker.Network.Hang();

    public async Task ReleaseAgainAsync()
    {
        var leaving = new Leaving();
        leaving.Shutdown.Add(Consumer);
        leaving.Shutdown.Add(Connection);
        ShutdownReport report = await leaving.StopAsync();
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    public Task SignsOfLifeAsync() => Broker.Network.SignsOfLifeAsync(4); // the broker gives a client up after two that did not come

    public ValueTask DisposeAsync() => Broker.DisposeAsync();

    private async Task HandleAsync(RabbitMqMessage message, CancellationToken stop)
    {
        string id = Encoding.UTF8.GetString(message.Body.Span);
        _begun.Add(id);
        await _finish.Task.WaitAsync(stop);
        Handled.Enqueue(id);
    }
}
