using Checkout.Postgres;
using Checkout.RabbitMq;

namespace Checkout.Shutdown.Clients;

/// <summary>Npgsql and RabbitMQ.Client themselves, each in a hosted service, as their documentation has it.</summary>
internal sealed class PlainClients : IClients
{
    public void AddTransactions(IServiceCollection services) => services.AddSingleton<ITransactions, PlainTransactions>();

    public void AddLeader<T>(IServiceCollection services, bool publishes)
        where T : class, ILeading => services.AddSingleton<T>().AddHostedService<PlainLeader<T>>();

    public void AddPublisher(IServiceCollection services) => services
        .AddHostedSingleton<PlainPublisher>()
        .AddSingleton<IMessagePublisher>(static provider => provider.GetRequiredService<PlainPublisher>());

    public void AddConsumer(IServiceCollection services) => services.AddHostedService<PlainConsumer>();
}
