using Checkout.Postgres;
using Checkout.RabbitMq;
using Npgsql;
using Quiesce;
using Quiesce.PostgreSql;

namespace Checkout.Shutdown.Clients;

/// <summary>PostgreSQL and RabbitMQ as participants of the shutdown: each takes its part in it by itself.</summary>
internal sealed class QuiesceClients : IClients
{
    public void AddTransactions(IServiceCollection services) => services
        .AddSingleton(static provider =>
            provider.GetRequiredService<GracefulShutdown>().UsePostgreSql(provider.GetRequiredService<NpgsqlDataSource>()))
        .AddSingleton<ITransactions, QuiesceTransactions>();

    public void AddLeader<T>(IServiceCollection services, bool publishes)
        where T : class, ILeading => services
        .AddSingleton<T>()
        .AddHostedService(provider => new QuiesceLeader<T>(
            provider.GetRequiredService<T>(), provider.GetRequiredService<PostgreSqlPool>(), uses: publishes ? [QuiescePublisher.Name] : []));

    public void AddPublisher(IServiceCollection services) => services
        .AddHostedSingleton<QuiescePublisher>()
        .AddSingleton<IMessagePublisher>(static provider => provider.GetRequiredService<QuiescePublisher>());

    public void AddConsumer(IServiceCollection services) => services.AddHostedService<QuiesceConsumer>();
}
