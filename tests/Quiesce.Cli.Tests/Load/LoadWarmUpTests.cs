using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Tests.EndToEnd;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

public sealed class LoadWarmUpTests
{
    [Fact]
    public async Task Run_HighRate_TakesTheWaysOfAnswersAndOfRefusals()
    {
        IReadOnlyList<RequestRecord> records = await LoadWarmUp.RunAsync(LoadWarmUp.FromRate, 0.2, TimeProvider.System, CancellationToken.None).WaitAsync(TestTimeouts.Hang);

        Assert.Contains(records, static record => record is { Outcome: OutcomeClass.Ok, ConnectionUses: > 0 });
        Assert.Contains(records, static record => record is { Outcome: OutcomeClass.Ok, ConnectionUses: 0 });
        Assert.Contains(records, static record => record.Outcome == OutcomeClass.Refused);
    }

    [Fact]
    public async Task Run_Interrupted_Ends() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => LoadWarmUp.RunAsync(LoadWarmUp.FromRate, 0.2, TimeProvider.System, new CancellationToken(canceled: true)).WaitAsync(TestTimeouts.Hang));

    [Theory]
    [InlineData("1000", true)]
    [InlineData("999", false)]
    public async Task Rehearse_Rate_DecidesWhetherItIsWarmedUpBeforeTheProgramStarts(string rate, bool isWarmedUp)
    {
        Tool tool = await Tool.RunAsync("rehearse", "--rate", rate, "--", "/bin/sh", "-c", "exit 9");

        int warm = tool.Error.IndexOf("warming up the load", StringComparison.Ordinal), start = tool.Error.IndexOf("starting the program", StringComparison.Ordinal);
        Assert.Equal(isWarmedUp, warm >= 0);
        Assert.True(warm < start, tool.Error);
    }
}
