namespace Checkout.RabbitMq;

internal static class RabbitMqRegistration
{
    /// <summary>Adds the queue between web and workers. Who sends or consumes comes from the way to leave.</summary>
    /// <exception cref="UsageException">Where the broker is, is missing or unreadable.</exception>
    public static void AddRabbitMq(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(RabbitMqQueue.Read(builder.Configuration));
}
