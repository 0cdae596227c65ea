using Quiesce.Cli.Rehearse.Faults;

namespace Quiesce.Cli.Tests.Faults;

public sealed class FaultOutcomesTests
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(nameof(FaultKind.SlowClients), 4.9, "1 of 2 slow clients were cut off 4.9 s after the signal, before half of the grace of 10 s had passed.")]
    [InlineData(nameof(FaultKind.SlowClients), 5.1, null)]
    [InlineData(nameof(FaultKind.HalfSent), 4.9, null)]
    [InlineData(nameof(FaultKind.NeverEnds), 4.9, null)]
    public void OfClients_ClosedByTheProgram_IsALossOnlyOfASlowClientThatWasNotTooSlow(string kind, double seconds, string? failure)
    {
        var fault = new Fault(Enum.Parse<FaultKind>(kind));

        FaultRecord record = FaultOutcomes.OfClients(fault, [(FaultEnd.Closed, TimeSpan.FromSeconds(seconds)), (FaultEnd.Answered, TimeSpan.Zero)], _grace);

        Assert.Equal((2, failure), (record.Played, record.Failure));
        Assert.Equal((1, 1), (record.Seen[FaultOutcomes.Closed], record.Seen[FaultOutcomes.Answered]));
    }
}
