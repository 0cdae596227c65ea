using Quiesce.RabbitMQ;
using RabbitMQ.Client;

namespace Quiesce.Measurements.Messages;

/// <summary>A consumer of Quiesce's adapter.</summary>
internal sealed class AdapterConsumption(string queue, GracefulShutdown shutdown) : IConsumption
{
    private int _begun;

    public async Task BeginAsync(IConnection connection, Work work)
    {
        _begun++;
        RabbitMqConnection rabbit = shutdown.UseRabbitMq(connection, $"broker {_begun}");
        await rabbit.ConsumeAsync(queue, (message, _) => work.DoAsync(message.Body), new() { Name = $"consumer {_begun}", Prefetch = BareConsumption.Prefetch });
    }
}
