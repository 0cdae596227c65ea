using Checkout.Tests.Running;

namespace Checkout.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly TempFolder _temp = new();

    [Theory]
    [InlineData("", "'--data' is missing")]
    [InlineData("--data {data} --shutdwn stock", "'--shutdwn' is unknown")]
    [InlineData("--data /dev/null/shop", "cannot be used")]
    [InlineData("ledger", "is not complete")]
    [InlineData("ledger everything --data {data}", "There is no ledger 'everything'")]
    [InlineData("ledger orders --data {data}", "There is no data folder")]
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
        Assert.DoesNotContain("   at ", await checkout.OutputAsync(), StringComparison.Ordinal);
    }
}
