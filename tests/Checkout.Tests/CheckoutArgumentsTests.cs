using Checkout.Shutdown;

namespace Checkout.Tests;

public sealed class CheckoutArgumentsTests
{
    [Fact]
    public void Parse_EverythingIsThere_IsUnderstood()
    {
        CheckoutArguments arguments = CheckoutArguments.Parse(
            ["--data", "shop", "--shutdown=delay", "--never-ending", "--urls", "http://127.0.0.1:0"]);

        Assert.Equal("shop", arguments.Data);
        Assert.IsType<DelayedShutdown>(arguments.Shutdown);
        Assert.True(arguments.NeverEnding);
        Assert.Equal(["--urls=http://127.0.0.1:0"], arguments.ForHost);
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
    public void Parse_SomethingIsWrong_SaysWhat(string expected, params string[] arguments)
    {
        UsageException exception = Assert.Throws<UsageException>(() => CheckoutArguments.Parse(arguments));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }
}
