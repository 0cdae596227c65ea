using Checkout.Postgres;
using Checkout.RabbitMq;

namespace Checkout.Shutdown.Clients;

/// <summary>PostgreSQL and RabbitMQ as one way to leave uses them. The service itself is the same in all of them.</summary>
/// <remarks>The host stops what is added here in reverse order, and before it the web server: what others use is added first.</remarks>
internal interface IClients
{
    /// <summary>Adds <see cref="ITransactions"/>.</summary>
    void AddTransactions(IServiceCollection services);

    /// <summary>Runs <typeparamref name="T"/> in one instance at a time.</summary>
    /// <param name="services">The services.</param>
    /// <param name="publishes">Whether it uses the <see cref="IMessagePublisher"/>, which must then outlast it.</param>
    void AddLeader<T>(IServiceCollection services, bool publishes = false)
        where T : class, ILeading;

    /// <summary>Adds <see cref="IMessagePublisher"/>.</summary>
    void AddPublisher(IServiceCollection services);

    /// <summary>Has the <see cref="IMessageHandler"/> consume the queue.</summary>
    void AddConsumer(IServiceCollection services);
}
