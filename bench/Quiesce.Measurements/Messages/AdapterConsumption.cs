using Quiesce.RabbitMQ;
using RabbitMQ.Client;

namespace Quiesce.Measurements.Messages;

/// <summary>A consumer of Quiesce's adapter.</summary>
internal sealed class AdapterConsumption(ConnectionFactory factory, string queue, GracefulShutdown shutdown) : IConsumption
{
    private int _rounds;

    public async Task ConsumeAsync(int messages)
    {
        _rounds++;
        await using IConnection connection = await factory.CreateConnectionAsync();
        RabbitMqConnection rabbit = shutdown.UseRabbitMq(connection, $"broker {_rounds}");
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = new Work(messages, all);
        await rabbit.ConsumeAsync(queue, (message, _) => work.DoAsync(message.Body), new() { Name = $"consumer {_rounds}", Prefetch = BareConsumption.Prefetch });
        await all.Task;
        await connection.CloseAsync();
    }
}
