using Quiesce.Cli.Rehearse.Ledger;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Tests.Verdict;

namespace Quiesce.Cli.Tests.Ledger;

public sealed class LedgerJoinTests
{
    [Fact]
    public void Join_EveryCase_IsToldApart()
    {
        RequestRecord[] requests =
        [
            Order("done", OutcomeClass.Ok, 201),
            Order("missing", OutcomeClass.Ok, 200),
            Order("twice", OutcomeClass.Ok, 200),
            Order("reset-but-done", OutcomeClass.Reset, null),
            Order("reset", OutcomeClass.Reset, null),
            Order("not-found", OutcomeClass.Ok, 404),
            Rehearsed.Request(OutcomeClass.Ok) with { Id = "page" },
        ];

        LedgerResult result = LedgerJoin.Join("orders", ["done", "twice", "twice", "reset-but-done", "of-a-baseline", "page"], requests);

        Assert.Equal((4, 2, 3, 2), (result.Entries, result.Foreign, result.Acknowledged, result.Mismatches));
        Assert.Equal("missing", Assert.Single(result.AcknowledgedNotDone).Id);
        Assert.Equal(("twice", 2), (Assert.Single(result.DoneTwice).Id, result.DoneTwice[0].Times));
        Assert.Equal(("reset-but-done", OutcomeClass.Reset), (Assert.Single(result.DoneNotAcknowledged).Id, result.DoneNotAcknowledged[0].Outcome));
    }

    [Fact]
    public async Task Read_File_TrimsAndSkipsBlankLines()
    {
        using var folder = new TemporaryFolder();
        string path = folder["ledger"];
        File.WriteAllText(path, "a\n\n b \r\n");

        Assert.Equal(["a", "b"], await ReadAsync(new LedgerSource("x", path, IsCommand: false)));
        Assert.Equal(["a", "b"], await ReadAsync(new LedgerSource("x", $"cat {path}", IsCommand: true)));
    }

    [Fact]
    public async Task Read_ManyIdsFromACommand_KeepsEachOne() =>
        Assert.Equal(20_000, (await ReadAsync(new LedgerSource("x", "seq 1 20000", IsCommand: true))).Count);

    [Fact]
    public async Task Read_CommandFails_SaysWhatItSaid()
    {
        LedgerException error = await Assert.ThrowsAsync<LedgerException>(
            () => ReadAsync(new LedgerSource("orders", "echo no database >&2; exit 4", IsCommand: true)));

        Assert.Contains("The ledger orders", error.Message);
        Assert.Contains("exit code 4", error.Message);
        Assert.Contains("no database", error.Message);
    }

    private static Task<IReadOnlyCollection<string>> ReadAsync(LedgerSource source) =>
        LedgerReader.ReadAsync(source, TimeProvider.System, TestContext.Current.CancellationToken);

    private static RequestRecord Order(string id, OutcomeClass outcome, int? status) =>
        Rehearsed.Request(outcome) with { Id = id, Template = Rehearsed.Order, Status = status };
}
