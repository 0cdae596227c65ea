using Checkout.RabbitMq;
using Microsoft.Extensions.Configuration;

namespace Checkout.Tests.RabbitMq;

public sealed class RabbitMqQueueTests
{
    [Fact]
    public async Task Connect_NobodyIsThere_SaysWhereWithoutThePassword()
    {
        RabbitMqQueue queue = Read("amqp://shop:hush@127.0.0.1:1/");

        UsageException exception = await Assert.ThrowsAsync<UsageException>(() => queue.ConnectAsync(CancellationToken.None));

        Assert.Contains("RabbitMQ at 127.0.0.1:1 cannot be used", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void Read_NameIsSaid_IsTaken()
    {
        Assert.Equal("checkout.payments", Read("amqp://127.0.0.1").Name);
        Assert.Equal("mine", Read("amqp://127.0.0.1", ("Queue:Name", "mine")).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1 hush")]
    [InlineData("http://shop:hush@127.0.0.1")]
    [InlineData("amqp://shop:hush@127.0.0.1/one/two")]
    public void Read_MissingOrUnreadable_SaysHowToGiveItWithoutQuotingIt(string text)
    {
        UsageException exception = Assert.Throws<UsageException>(() => Read(text));

        Assert.Contains("ConnectionStrings__RabbitMQ=", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", exception.Message, StringComparison.Ordinal);
    }

    private static RabbitMqQueue Read(string text, params (string Name, string Value)[] others) => RabbitMqQueue.Read(
        new ConfigurationBuilder().AddInMemoryCollection(
            [new("ConnectionStrings:RabbitMQ", text), .. others.Select(static other => KeyValuePair.Create<string, string?>(other.Name, other.Value))]).Build());
}
