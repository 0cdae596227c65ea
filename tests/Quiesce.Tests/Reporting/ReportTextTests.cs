using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Reporting;

/// <summary>The report in one line.</summary>
public sealed class ReportTextTests
{
    [Fact]
    public void Summarize_StepWasLeftBehind_SaysWhereItComesFromAndWhereItIs() => Assert.Contains(
        "'import' (Orders.Program.Main) ignored its limit in Drain and was left behind after 20.0 s: it blocks thread 4711 in futex_wait.",
        ReportText.Summarize(Reports.WithEverything),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "All work ended by itself; 1 unit of work was in flight at the signal.")]
    [InlineData(2, "All work ended by itself; 2 units of work were in flight at the signal.")]
    public void Summarize_WorkWasInFlight_CountsInWords(int units, string sentence) =>
        Assert.Contains(sentence, ReportText.Summarize(Reports.WithEverything with { Abandoned = [], InFlightAtSignal = units }), StringComparison.Ordinal);

    [Fact]
    public void Summarize_TwoHaveNotes_AreTwoSentences()
    {
        static ParticipantReport Noted(string name) => new(name, ShutdownPhase.Drain, StepOutcome.Completed, TimeSpan.Zero, null, [$"a note of {name}"]);

        string text = ReportText.Summarize(Reports.WithEverything with { Participants = [Noted("one"), Noted("two")] });

        Assert.Contains("one: a note of one. two: a note of two.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Summarize_OneWasReleasedEarly_NamesWhoStillRan() =>
        Assert.Contains("'ledger' was released while 'import' still ran.", ReportText.Summarize(Reports.WithEverything), StringComparison.Ordinal);

    [Fact]
    public void Summarize_ManyWereReleasedEarly_SaysItOnce()
    {
        ParticipantReport[] released = [.. Enumerable.Range(0, 12).Select(static i =>
            new ParticipantReport($"pool {i}", ShutdownPhase.Release, StepOutcome.Completed, TimeSpan.Zero, null, []) { ReleasedBefore = ["work"] })];

        string text = ReportText.Summarize(Reports.WithEverything with { Participants = released });

        Assert.Contains(
            "'pool 0', 'pool 1', 'pool 2', 'pool 3', 'pool 4' and 7 more were released while 'work' still ran.", text, StringComparison.Ordinal);
    }
}
