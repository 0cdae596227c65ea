using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

public sealed class RelationCheckTests
{
    [Fact]
    public void Run_OnlyTheWorkInFlightIsNamed_FindsNothing() =>
        Assert.Empty(RelationCheck.Run([new Probe("web", WorkParticipant.ParticipantName, ParticipantUses.Everything), new Probe("cache", ParticipantUses.Nothing)]));

    [Fact]
    public void Run_NameIsUnknown_SaysWhoIsThere() =>
        Assert.Equal("'web' uses 'cahce', which is no participant. Known: 'web', 'cache'.", Assert.Single(RelationCheck.Run([new Probe("web", "cahce"), new Probe("cache")])));

    [Fact]
    public void Run_CircleBesideAWildcard_SaysWhichWay() =>
        Assert.Contains("'a' → 'b' → 'a'", Assert.Single(RelationCheck.Run([new Probe("web", "*"), new Probe("a", "b"), new Probe("b", "a")])), StringComparison.Ordinal);

    [Fact]
    public void Run_ListCannotBeRead_SaysWhose() =>
        Assert.Contains("'odd' cannot say what it uses", Assert.Single(RelationCheck.Run([new Unreadable()])), StringComparison.Ordinal);

    private sealed class Unreadable : IShutdownParticipant
    {
        public string Name => "odd";

        public IReadOnlyCollection<string> Uses => throw new InvalidOperationException("not yet");
    }
}
