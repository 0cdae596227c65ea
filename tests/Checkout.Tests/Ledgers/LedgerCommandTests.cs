using Checkout.Ledgers;
using Checkout.Tests.Running;

namespace Checkout.Tests.Ledgers;

public sealed class LedgerCommandTests
{
    [Theory]
    [InlineData("orders")]
    [InlineData("payments")]
    [InlineData("audit")]
    [InlineData("confirmations")]
    public async Task Run_OrdersWerePlaced_PrintsEachIdOnALine(string ledger)
    {
        await using CheckoutApp app = new();
        await app.PlaceAsync("one");
        await app.PlaceAsync("two");
        await app.StopAsync();

        Assert.Equal(["one", "two"], Ledger.Read(ledger, app.Data));
    }

    [Theory]
    [InlineData("There is no ledger 'orderz'", "orderz", "--data", "here")]
    [InlineData("is not complete", "orders")]
    [InlineData("is not complete", "orders", "--data")]
    [InlineData("is not complete", "orders", "--data", "")]
    [InlineData("too much", "orders", "--data", "here", "--force")]
    [InlineData("too much", "orders", "--data", "here", "--store")]
    [InlineData("There is no data folder 'nowhere'", "orders", "--data", "nowhere")]
    [InlineData("There is no data folder 'nowhere'", "orders", "--data", "nowhere", "--store", "sqlite")]
    public void Run_ArgumentsAreWrong_SaysWhatAndHow(string expected, params string[] arguments)
    {
        UsageException exception = Assert.Throws<UsageException>(() => LedgerCommand.Run(arguments, TextWriter.Null));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains("--data DIR", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("audit")]
    [InlineData("confirmations")]
    public void Run_ServiceHasNeverRunThere_SaysSo(string ledger)
    {
        using TempFolder temp = new();

        UsageException exception = Assert.Throws<UsageException>(() => Ledger.Read(ledger, temp.Root));

        Assert.Contains("cannot be read", exception.Message, StringComparison.Ordinal);
    }
}
