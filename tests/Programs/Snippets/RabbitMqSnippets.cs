using Quiesce;
using Quiesce.RabbitMQ;
using RabbitMQ.Client;

namespace Snippets;

/// <summary>docs/adapters/rabbitmq.md.</summary>
internal static class RabbitMqSnippets
{
    public static async Task UsageAsync(GracefulShutdown shutdown, ConnectionFactory factory, ReadOnlyMemory<byte> body)
    {
        RabbitMqConnection rabbit = shutdown.UseRabbitMq(await factory.CreateConnectionAsync());
        await rabbit.ConsumeAsync("payments", async (message, cancellationToken) => await PayAsync(message.Body, cancellationToken),
            new() { Concurrency = 10, Prefetch = 20, Uses = ["pool"] });
        RabbitMqPublisher publisher = await rabbit.CreatePublisherAsync("events");
        await publisher.PublishAsync(exchange: "", routingKey: "confirmations", body);
    }

    private static Task PayAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => body.IsEmpty ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;
}
