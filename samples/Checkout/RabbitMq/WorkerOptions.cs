namespace Checkout.RabbitMq;

/// <summary>How a worker consumes. Section <c>Worker</c>.</summary>
internal sealed class WorkerOptions
{
    /// <summary>Gets or sets how many orders a worker pays at a time.</summary>
    /// <value>1 to 1,000; default 20. The provider takes 33 ms on average, so that is some 600 a second; and as many connections to
    /// PostgreSQL are used at most.</value>
    public int Concurrency { get; set; } = 20;
}
