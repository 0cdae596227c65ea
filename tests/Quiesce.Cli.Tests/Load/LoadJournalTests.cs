using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Load.Journal;
using Quiesce.Cli.Tests.Balancers;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

public sealed class LoadJournalTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly LoadJournal _journal;

    public LoadJournalTests() => _journal = new LoadJournal(_time);

    [Fact]
    public void Lateness_SendsAndMisses_CountsThoseOverOneAndOverTwentyMilliseconds()
    {
        _journal.Sent(0, After(0.9));
        _journal.Sent(0, After(1.1));
        _journal.Sent(0, After(19));
        _journal.Sent(0, After(21));
        _journal.Missed(0, After(2));
        _journal.Missed(0, After(0.5));

        LoadLateness lateness = _journal.Lateness;

        Assert.Equal((4, 4, 1), (lateness.Sent, lateness.NotOnTime, lateness.LateCount));
        Assert.Equal(21, lateness.Worst.TotalMilliseconds, tolerance: 0.01);
    }

    [Fact]
    public void Tally_RequestsEnded_CountsEachOnceByItsClass()
    {
        foreach (OutcomeClass outcome in (OutcomeClass[])[OutcomeClass.Ok, OutcomeClass.Ok, OutcomeClass.Timeout])
        {
            _journal.Begin();
            _journal.End(Records.Of(Templates.Get, outcome, status: null));
        }

        _journal.Begin();

        OutcomeTally tally = _journal.Tally;
        Assert.Equal((3, 2, 1, 0), (tally.Total, tally.Of(OutcomeClass.Ok), tally.Of(OutcomeClass.Timeout), tally.Of(OutcomeClass.Reset)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Drained_ClosedAndNothingInFlight_IsCompleteWhicheverCameFirst(bool closedFirst)
    {
        _journal.Begin();
        Action[] steps = [_journal.Close, () => _journal.EndFailed(new LoadFailedException("the test's"))];

        steps[closedFirst ? 0 : 1]();
        bool early = _journal.Drained.IsCompleted;
        steps[closedFirst ? 1 : 0]();

        Assert.False(early);
        Assert.True(_journal.Drained.IsCompleted);
    }

    [Fact]
    public void Drained_ClosedWhileTheLastRequestEnds_IsComplete()
    {
        LoadJournal[] journals = [.. Enumerable.Range(0, 20_000).Select(_ => new LoadJournal(_time))];
        foreach (LoadJournal journal in journals) { journal.Begin(); }

        SideBySide.RunInStep(journals.Length, round => journals[round].Close(), round => journals[round].Withdraw());

        Assert.All(journals, static journal => Assert.True(journal.Drained.IsCompleted));
    }

    // Rounded up: a timestamp is a whole number.
    private long After(double milliseconds) => (long)Math.Ceiling(milliseconds / 1000 * _time.TimestampFrequency);
}
