using Quiesce.Cli.Rehearse.Output;

namespace Quiesce.Cli.Tests.EndToEnd;

[Trait("Size", "Full")]
public sealed class LedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Ledger => _folder["ledger"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("well", null)]
    [InlineData("forgetful", "acknowledged but not done")]
    [InlineData("twice", "done twice")]
    public async Task The_ledger_is_held_against_what_was_acknowledged(string keeps, string? failure)
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync(
            Options("--ledger", $"orders={Ledger}"), "leave=well", $"ledger={Ledger}", $"keeps={keeps}");

        LedgerSection ledger = Assert.Single(report.Ledgers);
        string[] failures = Tool.FailuresOf(report);
        Assert.True(failures.Length == (failure is null ? 0 : 1), tool.Out + tool.Error);
        Assert.All(failures, text => Assert.Contains(failure!, text));
        Assert.True(ledger.Acknowledged > 0);
        Assert.Equal(keeps == "forgetful", ledger.AcknowledgedNotDone.Count > 0);
        Assert.Equal(keeps == "twice", ledger.DoneTwice.Count > 0);
        Assert.True(ledger.Foreign > 0, "The baselines' orders are in the file too, and must not count.");
    }

    [Fact]
    public async Task A_ledger_may_be_the_output_of_a_command()
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync(
            Options("--ledger-command", $"orders=cat '{Ledger}'"), "leave=well", $"ledger={Ledger}");

        Assert.True(Tool.FailuresOf(report).Length == 0, tool.Out + tool.Error);
        Assert.Equal(report.Ledgers[0].Acknowledged, report.Ledgers[0].Entries);
    }

    [Fact]
    public async Task A_ledger_may_be_asked_of_the_program_itself_and_is_joined_as_its_file_is()
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync(
            Options("--deployments", "1", "--ledger", "orders=http://127.0.0.1:{port}/ledger", "--ledger", $"file={Ledger}"),
            "leave=well", $"ledger={Ledger}", "keeps=forgetful");

        LedgerSection asked = report.Ledgers[0], read = report.Ledgers[1];
        Assert.True(Tool.FailuresOf(report).Length == 2, tool.Out + tool.Error);
        Assert.True(asked.Mismatches > 0);
        Assert.Equal((read.Entries, read.Foreign, read.Acknowledged, read.Mismatches), (asked.Entries, asked.Foreign, asked.Acknowledged, asked.Mismatches));
    }

    [Fact]
    public async Task A_ledger_that_is_not_there_takes_the_verdict_away()
    {
        (Tool tool, ReportDocument _) = await Tool.RehearseAsync(Options("--ledger", $"orders={Ledger}.missing"), "leave=well", $"ledger={Ledger}");

        Assert.Equal(ExitCodes.NoVerdict, tool.ExitCode);
        Assert.Contains("The ledger orders cannot be read", tool.Out);
    }

    private string[] Options(params string[] ledger)
    {
        string requests = _folder["mix.http"];
        File.WriteAllText(requests, "# @effect\nPOST /orders/{id}\n\n{\"amount\": 1}\n###\nGET /\n");
        return ["--endpoint-lag", "0.3..0.5", "--requests", requests, .. ledger];
    }
}
