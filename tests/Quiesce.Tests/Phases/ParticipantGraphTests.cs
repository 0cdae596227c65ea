using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

public sealed class ParticipantGraphTests
{
    [Fact]
    public void ReleaseOrder_NobodyUsesAnybody_IsTheReverseOfRegistration() =>
        Assert.Equal(["c", "b", "a"], Order(new Probe("a"), new Probe("b"), new Probe("c")));

    [Fact]
    public void ReleaseOrder_UserWasRegisteredFirst_UserStillComesFirst() =>
        Assert.Equal(["a", "c", "b"], Order(new Probe("a", "B", "c"), new Probe("b"), new Probe("c")));

    [Fact]
    public void ReleaseOrder_Wildcard_UsesAllThatDoNotUseIt() =>
        Assert.Equal(["gateway", "web", "c", "a"], Order(new Probe("a"), new Probe("web", "*"), new Probe("c"), new Probe("gateway", "web")));

    [Fact]
    public void ReleaseOrder_SeveralWildcards_TheFirstRegisteredUsesTheOthers()
    {
        // Act
        ParticipantGraph graph = ParticipantGraph.Build([new Probe("a"), new Probe("work", "*"), new Probe("host", "*"), new Probe("web", "work", "*")]);

        // Assert
        Assert.Empty(graph.Problems);
        Assert.Equal(["web", "work", "host", "a"], graph.ReleaseOrder.Select(i => graph.Participants[i].Name));
        Assert.Equal(["work", "web"], graph.UsersOf(2).Select(i => graph.Participants[i].Name));
    }

    [Fact]
    public void Build_Cycle_IsNamedAndTheRestStillSorted()
    {
        // Act
        ParticipantGraph graph = ParticipantGraph.Build([new Probe("a", "b"), new Probe("b", "c"), new Probe("c", "a"), new Probe("d", "a")]);

        // Assert
        Assert.Equal("Uses goes round in a circle: 'a' → 'b' → 'c' → 'a'. Remove one of them.", Assert.Single(graph.Problems));
        Assert.Equal(["d", "a", "b", "c"], graph.ReleaseOrder.Select(i => graph.Participants[i].Name));
    }

    [Fact]
    public void Build_ParticipantUsesItself_IsACycle()
    {
        // Act
        ParticipantGraph graph = ParticipantGraph.Build([new Probe("a", "a")]);

        // Assert
        Assert.Equal("Uses goes round in a circle: 'a' → 'a'. Remove one of them.", Assert.Single(graph.Problems));
        Assert.Single(graph.ReleaseOrder);
    }

    [Fact]
    public void Build_UnknownName_ListsTheKnownOnes()
    {
        // Act
        ParticipantGraph graph = ParticipantGraph.Build([new Probe("orders", "postgress"), new Probe("postgres")]);

        // Assert
        Assert.Equal("'orders' uses 'postgress', which is no participant. Known: 'orders', 'postgres'.", Assert.Single(graph.Problems));
        Assert.Equal(2, graph.ReleaseOrder.Count);
    }

    [Fact]
    public void Build_ChainOfTenThousand_IsSorted()
    {
        // Arrange
        const int Count = 10_000;
        Probe[] chain = [.. Enumerable.Range(0, Count).Select(i => i == Count - 1 ? new Probe($"{i}") : new Probe($"{i}", $"{i + 1}"))];

        // Act
        ParticipantGraph graph = ParticipantGraph.Build([.. chain, new Probe("everything", "*")]);

        // Assert
        Assert.Equal([Count, .. Enumerable.Range(0, Count)], graph.ReleaseOrder);
    }

    private static IEnumerable<string> Order(params Probe[] participants)
    {
        ParticipantGraph graph = ParticipantGraph.Build(participants);
        return graph.ReleaseOrder.Select(i => graph.Participants[i].Name);
    }
}
