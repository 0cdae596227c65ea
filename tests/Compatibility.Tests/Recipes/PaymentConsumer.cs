using MassTransit;

namespace Compatibility.Tests.Recipes;

/// <summary>A consumer as an application has it.</summary>
public sealed class PaymentConsumer(Payments payments) : IConsumer<Payment>
{
    public Task Consume(ConsumeContext<Payment> context) => payments.PayAsync(context.Message.Order);
}
