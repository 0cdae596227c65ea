using Checkout.Tests.Running;

namespace Checkout.Tests;

public sealed class BadInputTests : IDisposable
{
    private const string Secret = "Username=shop;Password=hush";

    private readonly TempFolder _temp = new();

    [Theory]
    [InlineData("", "'--data' is missing")]
    [InlineData("--data {data} --shutdwn stock", "'--shutdwn' is unknown")]
    [InlineData("--data /dev/null/shop", "cannot be used")]
    [InlineData("ledger", "is not complete")]
    [InlineData("ledger everything --data {data}", "There is no ledger 'everything'")]
    [InlineData("ledger orders --data {data}", "There is no data folder")]
    [InlineData("--data {data} --queue rabbitmq", "'--queue rabbitmq' needs '--store postgres'")]
    [InlineData("--data {data} --store postgres", "set ConnectionStrings:Postgres")]
    [InlineData("leftovers all", "'all' is too much")]
    [InlineData("leftovers", "set ConnectionStrings:Postgres")]
    public async Task Checkout_started_wrongly_says_one_sentence_and_exits_with_2(string arguments, string expected)
    {
        await using CheckoutProcess checkout = CheckoutProcess.Start(arguments.Replace("{data}", _temp.Data, StringComparison.Ordinal));

        await AssertRefusedAsync(checkout, expected);
    }

    [Fact]
    public async Task Checkout_with_an_impossible_option_says_one_sentence_and_exits_with_2()
    {
        await using CheckoutProcess checkout = CheckoutProcess.Start($"--data {_temp.Data}", ("Payments__Fastest", "00:00:09"));

        await AssertRefusedAsync(checkout, "Payments: Fastest must be");
    }

    [Theory]
    [InlineData("stock")]
    [InlineData("quiesce")]
    public async Task Checkout_without_its_database_says_one_sentence_and_exits_with_2(string shutdown)
    {
        await using CheckoutProcess checkout = CheckoutProcess.Start(
            $"--data {_temp.Data} --store postgres --shutdown {shutdown}", ("ConnectionStrings__Postgres", $"Host=127.0.0.1;Port=1;Database=shop;{Secret}"));

        await AssertRefusedAsync(checkout, "PostgreSQL at 127.0.0.1:1, database 'shop', cannot be used");
    }

    [Theory]
    [InlineData($"Hots=127.0.0.1;{Secret}", "amqp://127.0.0.1", "ConnectionStrings:Postgres is no connection string")]
    [InlineData($"Host=127.0.0.1;{Secret}", "", "set ConnectionStrings:RabbitMQ")]
    [InlineData($"Host=127.0.0.1;{Secret}", "http://shop:hush@127.0.0.1", "ConnectionStrings:RabbitMQ is no address")]
    public async Task Checkout_with_unreadable_connections_says_one_sentence_and_exits_with_2(string postgres, string rabbitMq, string expected)
    {
        await using CheckoutProcess checkout = CheckoutProcess.Start(
            $"--data {_temp.Data} --store postgres --queue rabbitmq",
            ("ConnectionStrings__Postgres", postgres), ("ConnectionStrings__RabbitMQ", rabbitMq));

        await AssertRefusedAsync(checkout, expected);
    }

    [Fact]
    public async Task Checkout_on_a_port_in_use_says_one_sentence_and_exits_with_2()
    {
        await using CheckoutProcess first = await CheckoutProcess.ServeAsync(_temp.Data, "stock");
        await using CheckoutProcess second = CheckoutProcess.Start($"--data {_temp.Data} --urls {first.Client.BaseAddress}");

        await AssertRefusedAsync(second, "address already in use");
    }

    public void Dispose() => _temp.Dispose();

    private static async Task AssertRefusedAsync(CheckoutProcess checkout, string expected)
    {
        (int exitCode, string error) = await checkout.ExitAsync();

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        string output = await checkout.OutputAsync();
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error + output, StringComparison.Ordinal);
    }
}
