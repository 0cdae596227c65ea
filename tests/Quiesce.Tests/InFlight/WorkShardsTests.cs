namespace Quiesce.Tests.InFlight;

public sealed class WorkShardsTests
{
    private readonly WorkShards _shards = new(new WorkTracker(TimeProvider.System), cores: 4);

    [Fact]
    public void TryEnter_NothingIsClosed_CountsWhereTheCoreIsAtHome()
    {
        // Act
        bool entered = _shards.TryEnter(core: 5, out WorkShard? shard);

        // Assert
        Assert.True(entered);
        Assert.Same(_shards.All[1], shard);
        Assert.Equal(1, _shards.Count);
    }

    [Fact]
    public void CloseOnceEmpty_SomebodyIsInsideElsewhere_StillAdmitsOnEachCore()
    {
        // Arrange
        _shards.TryEnter(core: 0, out WorkShard? busy);

        // Act: the other shards are empty, and so they have closed.
        _shards.CloseOnceEmpty();
        bool[] admitted = [.. Enumerable.Range(0, 4).Select(core => _shards.TryEnter(core, out _))];

        // Assert
        Assert.Equal([true, true, true, true], admitted);
        Assert.Equal(5, busy!.Gate.Count);
        Assert.False(_shards.Drained.IsCompleted);
    }

    [Fact]
    public void CloseOnceEmpty_TheLastOneLeaves_RefusesOnEachCoreAndHasDrained()
    {
        // Arrange
        _shards.TryEnter(core: 0, out WorkShard? busy);
        _shards.CloseOnceEmpty();

        // Act
        busy!.Gate.Exit();
        bool[] admitted = [.. Enumerable.Range(0, 4).Select(core => _shards.TryEnter(core, out _) || _shards.TryEnterNested(core, out _))];

        // Assert
        Assert.Equal([false, false, false, false], admitted);
        Assert.True(_shards.Drained.IsCompletedSuccessfully);
    }

    [Fact]
    public void TryEnterNested_ItsShardHasDrainedAndTheParentsHasNot_IsAdmitted()
    {
        // Arrange
        _shards.TryEnter(core: 2, out WorkShard? parent);
        _shards.Close();

        // Act
        bool[] seen = [_shards.TryEnter(core: 3, out _), _shards.TryEnterNested(core: 3, out WorkShard? child), Exit(parent), Exit(child)];

        // Assert
        Assert.Equal([false, true, false, true], seen);
    }

    [Fact]
    public void AreEmptyAtOnce_SomebodyIsInsideAnyOfThem_IsFalse()
    {
        // Arrange
        var other = new InFlightGate();
        List<bool> seen = [_shards.AreEmptyAtOnce(other)];

        // Act
        for (int core = 0; core < 4; core++)
        {
            _shards.TryEnter(core, out WorkShard? shard);
            seen.Add(_shards.AreEmptyAtOnce(other));
            shard!.Gate.Exit();
        }

        other.TryEnter();
        seen.Add(_shards.AreEmptyAtOnce(other));
        other.Exit();
        seen.Add(_shards.AreEmptyAtOnce(other));

        // Assert
        Assert.Equal([true, false, false, false, false, false, true], seen);
    }

    [Fact]
    public void AreEmpty_SomebodyCameAndWentBetweenTheLooks_IsFalse()
    {
        // Arrange
        var other = new InFlightGate();
        int[] entered = new int[WorkShards.Most + 1];

        // Act
        bool first = _shards.AreEmpty(other, entered, isFirst: true);
        _shards.TryEnter(core: 2, out WorkShard? shard);
        shard!.Gate.Exit();
        bool second = _shards.AreEmpty(other, entered, isFirst: false);

        // Assert
        Assert.Equal((true, false), (first, second));
    }

    private bool Exit(WorkShard? shard)
    {
        shard!.Gate.Exit();
        return _shards.Drained.IsCompleted;
    }
}
