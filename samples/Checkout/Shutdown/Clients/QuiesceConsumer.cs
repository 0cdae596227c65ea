using Checkout.RabbitMq;
using Microsoft.Extensions.Options;
using Quiesce;
using Quiesce.PostgreSql;
using Quiesce.RabbitMQ;

namespace Checkout.Shutdown.Clients;

/// <summary>A consumer that stops receiving at the signal, gives back what it has not begun, and finishes the rest.</summary>
internal sealed class QuiesceConsumer(
    RabbitMqQueue queue, IMessageHandler handler, PostgreSqlPool pool, IOptions<WorkerOptions> options, GracefulShutdown shutdown) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        RabbitMqConnection connection = shutdown.UseRabbitMq(await queue.ConnectAsync(cancellationToken));
        await connection.ConsumeAsync(
            queue.Name, (message, stop) => handler.HandleAsync(message.Body, stop),
            new() { Concurrency = options.Value.Concurrency, Uses = [pool.Name] }, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask; // the drain has ended it
}
