namespace Quiesce.Tests.InFlight;

public sealed class InFlightGateTests
{
    private readonly InFlightGate _gate = new();

    [Fact]
    public void Gate_EmptyForAMoment_IsNotDrained()
    {
        // Act
        _gate.TryEnter();
        _gate.Exit();

        // Assert
        Assert.False(_gate.Drained.IsCompleted);
        Assert.True(_gate.TryEnter());
    }

    [Fact]
    public void Close_NobodyInside_DrainsAtOnce()
    {
        // Act
        _gate.Close();

        // Assert
        Assert.True(_gate.Drained.IsCompleted);
        Assert.False(_gate.TryEnter());
        Assert.False(_gate.TryEnterNested());
        Assert.Equal(0, _gate.Count);
    }

    [Fact]
    public void Close_SomebodyInside_DrainsWithTheLastExit()
    {
        // Arrange
        _gate.TryEnter();
        _gate.TryEnter();

        // Act
        _gate.Close();
        bool[] seen = [_gate.TryEnter(), _gate.Drained.IsCompleted, Exit(), Exit()];

        // Assert
        Assert.Equal([false, false, false, true], seen);
    }

    [Fact]
    public void EnterNested_ParentInside_HoldsTheGateAfterTheParent()
    {
        // Arrange
        _gate.TryEnter();
        _gate.Close();

        // Act
        bool[] seen = [_gate.TryEnterNested(), Exit(), Exit()];

        // Assert
        Assert.Equal([true, false, true], seen);
    }

    [Fact]
    public void CloseOnceEmpty_SomebodyInside_AdmitsUntilTheFirstEmptyInstant()
    {
        // Arrange
        _gate.TryEnter();

        // Act
        _gate.CloseOnceEmpty();
        bool[] seen = [_gate.TryEnter(), Exit(), Exit(), _gate.TryEnter()];

        // Assert
        Assert.Equal([true, false, true, false], seen);
    }

    [Fact]
    public void CloseOnceEmpty_ThenClose_RefusesAtOnce()
    {
        // Arrange
        _gate.TryEnter();
        _gate.CloseOnceEmpty();

        // Act
        _gate.Close();
        bool[] seen = [_gate.TryEnter(), Exit()];

        // Assert
        Assert.Equal([false, true], seen);
    }

    [Fact]
    public void Close_Repeatedly_IsIdempotent()
    {
        // Act
        _gate.Close();
        _gate.CloseOnceEmpty();
        _gate.Close();

        // Assert
        Assert.True(_gate.Drained.IsCompletedSuccessfully);
    }

    private bool Exit()
    {
        _gate.Exit();
        return _gate.Drained.IsCompleted;
    }
}
