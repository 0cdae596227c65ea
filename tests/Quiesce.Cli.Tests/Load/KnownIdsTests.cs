using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Load.Schedule;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

public sealed class KnownIdsTests
{
    private readonly KnownIds _known = new();

    [Fact]
    public void Pick_NothingAcknowledged_IsNone()
    {
        _known.Observe(Order(1) with { Status = 404 });

        Assert.Null(_known.Pick(0));
    }

    [Fact]
    public void Pick_ManyAcknowledged_FindsEach()
    {
        const int Count = 5_000;

        for (int i = 0; i < Count; i++) { _known.Observe(Order(i)); }

        Assert.Equal(Enumerable.Range(0, Count).Select(static i => $"1-{i}"), Enumerable.Range(0, Count).Select(i => _known.Pick((i + 0.5) / Count)));
    }

    [Fact]
    public void Pick_WhileOthersAreAcknowledged_IsNeverEmpty()
    {
        _known.Observe(Order(0));
        const int Rounds = 50_000;
        int empty = 0;

        SideBySide.RunInStep(Rounds, round => _known.Observe(Order(round + 1)), _ => empty += _known.Pick(0.999999) is null ? 1 : 0);

        Assert.Equal(0, empty);
    }

    private static RequestRecord Order(int number) => Records.Of(Templates.Order, OutcomeClass.Ok, status: 201) with { Id = $"1-{number}" };
}
