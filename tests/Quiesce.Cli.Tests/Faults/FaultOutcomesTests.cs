using Quiesce.Cli.Rehearse.Faults;

namespace Quiesce.Cli.Tests.Faults;

public sealed class FaultOutcomesTests
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(nameof(FaultKind.SlowClients), 4.9, "1 of 2 slow clients were cut off 4.9 s after the signal, before half of the grace of 10 s had passed.")]
    [InlineData(nameof(FaultKind.SlowClients), -0.1, "1 of 2 slow clients were cut off before the signal.")]
    [InlineData(nameof(FaultKind.SlowClients), 5.1, null)]
    [InlineData(nameof(FaultKind.HalfSent), 4.9, null)]
    [InlineData(nameof(FaultKind.NeverEnds), 4.9, null)]
    public void OfClients_BrokenOffByTheProgram_IsALossOnlyOfASlowClientThatWasNotTooSlow(string kind, double seconds, string? failure)
    {
        var fault = new Fault(Enum.Parse<FaultKind>(kind));

        foreach (FaultEnd end in new[] { FaultEnd.CutOff, FaultEnd.Closed, FaultEnd.Reset })
        {
            FaultRecord record = FaultOutcomes.OfClients(
                fault, [new FaultResult(end, TimeSpan.FromSeconds(seconds)), new FaultResult(FaultEnd.Answered, TimeSpan.Zero)], _grace);

            Assert.Equal((2, failure), (record.Played, record.Failure));
            Assert.Equal(2, record.Seen.Count);
        }
    }

    [Theory]
    [InlineData(nameof(FaultEnd.Answered), 200, 1, true, "answered")]
    [InlineData(nameof(FaultEnd.Answered), 503, 1, true, "answered with 503")]
    [InlineData(nameof(FaultEnd.CutOff), 200, 1, true, "cut off in the middle of the answer")]
    [InlineData(nameof(FaultEnd.Closed), null, 1, true, "closed by the program")]
    [InlineData(nameof(FaultEnd.Reset), null, 1, true, "reset by the program")]
    [InlineData(nameof(FaultEnd.Reset), null, -1, true, "reset by the program, before the signal")]
    [InlineData(nameof(FaultEnd.Refused), null, -1, true, "not connected, before the signal")]
    [InlineData(nameof(FaultEnd.Answered), 200, 1, false, "answered, not there yet at the signal")]
    [InlineData(nameof(FaultEnd.GaveUp), null, 1, true, "given up after the instance had gone")]
    public void OfClients_OneClient_IsSaidInWords(string end, int? status, int seconds, bool wasReady, string words)
    {
        var result = new FaultResult(Enum.Parse<FaultEnd>(end), TimeSpan.FromSeconds(seconds)) { Status = status, WasReady = wasReady };

        FaultRecord record = FaultOutcomes.OfClients(new Fault(FaultKind.HalfSent), [result], _grace);

        Assert.Equal(words, Assert.Single(record.Seen).Key);
    }
}
