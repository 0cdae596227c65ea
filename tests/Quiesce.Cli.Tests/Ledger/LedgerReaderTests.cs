using Quiesce.Cli.Rehearse.Ledger;

namespace Quiesce.Cli.Tests.Ledger;

public sealed class LedgerReaderTests
{
    [Fact]
    public async Task Command_WritesToStandardError_CountsOnlyItsStandardOutput()
    {
        var source = new LedgerSource("orders", "echo 'a warning' >&2; echo 1; echo 'another' >&2; echo \"2\"", IsCommand: true);

        IReadOnlyCollection<string> ids = await LedgerReader.ReadAsync(source, TimeProvider.System, CancellationToken.None);

        Assert.Equal(["1", "2"], ids);
    }

    [Fact]
    public async Task Command_Fails_ItsStandardErrorIsShownUnderTheLedgersName()
    {
        var source = new LedgerSource("orders", "echo 4711; echo 'no such table' >&2; exit 3", IsCommand: true);

        LedgerException failure = await Assert.ThrowsAsync<LedgerException>(() => LedgerReader.ReadAsync(source, TimeProvider.System, CancellationToken.None));

        Assert.StartsWith("The ledger orders: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("It wrote: no such table", failure.Message, StringComparison.Ordinal);
    }
}
