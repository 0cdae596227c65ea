namespace Checkout;

/// <summary>How an order finds its way to whoever takes its payment and confirms it: the values of <c>--queue</c>.</summary>
internal enum QueueKind
{
    /// <summary>In the instance itself, which pays at once and confirms behind the requests' back. It dies with the process.</summary>
    Memory,

    /// <summary>Over a broker, <c>ConnectionStrings:RabbitMQ</c>, to the workers. It outlives both.</summary>
    RabbitMq,
}
