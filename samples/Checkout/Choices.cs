namespace Checkout;

/// <summary>What an instance is made of, as it is said on the command line.</summary>
internal static class Choices
{
    public static readonly Choice<StoreKind> Store = new("store", ("sqlite", StoreKind.Sqlite), ("postgres", StoreKind.Postgres));

    public static readonly Choice<QueueKind> Queue = new("queue", ("memory", QueueKind.Memory), ("rabbitmq", QueueKind.RabbitMq));

    public static readonly Choice<Role> Role = new("role", ("web", Checkout.Role.Web), ("worker", Checkout.Role.Worker));
}
