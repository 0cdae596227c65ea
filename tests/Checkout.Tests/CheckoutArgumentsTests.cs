using Checkout.Shutdown;

namespace Checkout.Tests;

public sealed class CheckoutArgumentsTests
{
    [Fact]
    public void Parse_EverythingIsThere_IsUnderstood()
    {
        CheckoutArguments arguments = CheckoutArguments.Parse(
            ["--data", "shop", "--shutdown=delay", "--never-ending", "--http2-port", "5081", "--urls", "http://127.0.0.1:0"]);

        Assert.Equal("shop", arguments.Data);
        Assert.Equal((StoreKind.Sqlite, QueueKind.Memory, Role.Web), (arguments.Store, arguments.Queue, arguments.Role));
        Assert.IsType<DelayedShutdown>(arguments.Shutdown);
        Assert.True(arguments.NeverEnding);
        Assert.Equal(5081, arguments.Http2Port);
        Assert.Equal(["--urls=http://127.0.0.1:0"], arguments.ForHost);
    }

    [Theory]
    [InlineData("postgres", "memory", "web", StoreKind.Postgres, QueueKind.Memory, Role.Web)]
    [InlineData("postgres", "rabbitmq", "web", StoreKind.Postgres, QueueKind.RabbitMq, Role.Web)]
    [InlineData("postgres", "rabbitmq", "worker", StoreKind.Postgres, QueueKind.RabbitMq, Role.Worker)]
    internal void Parse_StoreQueueAndRole_AreUnderstood(
        string store, string queue, string role, StoreKind expectedStore, QueueKind expectedQueue, Role expectedRole)
    {
        CheckoutArguments arguments = CheckoutArguments.Parse(["--data", "shop", "--store", store, $"--queue={queue}", "--role", role]);

        Assert.Equal((expectedStore, expectedQueue, expectedRole), (arguments.Store, arguments.Queue, arguments.Role));
    }

    [Theory]
    [InlineData("'--data' is missing")]
    [InlineData("'--data' has no value", "--data")]
    [InlineData("'--data' has no value", "--data=")]
    [InlineData("'--data' has no value", "--data", "--never-ending")]
    [InlineData("'--data' is there twice", "--data", "a", "--data", "b")]
    [InlineData("'--sutdown' is unknown", "--data", "a", "--sutdown", "stock")]
    [InlineData("'serve' is unknown", "serve", "--data", "a")]
    [InlineData("There is no shutdown 'fast'. Use one of: stock, delay, quiesce.", "--data", "a", "--shutdown", "fast")]
    [InlineData("There is no store 'oracle'. Use one of: sqlite, postgres.", "--data", "a", "--store", "oracle")]
    [InlineData("There is no queue 'kafka'. Use one of: memory, rabbitmq.", "--data", "a", "--queue", "kafka")]
    [InlineData("There is no role 'cook'. Use one of: web, worker.", "--data", "a", "--role", "cook")]
    [InlineData("'--queue rabbitmq' needs '--store postgres'", "--data", "a", "--queue", "rabbitmq")]
    [InlineData("'--role worker' needs '--queue rabbitmq --store postgres'", "--data", "a", "--role", "worker")]
    [InlineData("'--role worker' needs '--queue rabbitmq --store postgres'", "--data", "a", "--role", "worker", "--store", "postgres")]
    [InlineData("'--http2-port' is '70000', which is no port", "--data", "a", "--http2-port", "70000")]
    [InlineData("'--http2-port' is '0', which is no port", "--data", "a", "--http2-port", "0")]
    [InlineData("a worker takes none", "--data", "a", "--role", "worker", "--queue", "rabbitmq", "--store", "postgres", "--http2-port", "5081")]
    [InlineData("a worker serves none", "--data", "a", "--role", "worker", "--queue", "rabbitmq", "--store", "postgres", "--never-ending")]
    public void Parse_SomethingIsWrong_SaysWhat(string expected, params string[] arguments)
    {
        UsageException exception = Assert.Throws<UsageException>(() => CheckoutArguments.Parse(arguments));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }
}
