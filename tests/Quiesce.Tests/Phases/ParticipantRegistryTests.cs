using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

public sealed class ParticipantRegistryTests
{
    private readonly ParticipantRegistry _registry = new();

    [Fact]
    public void Add_NameIsTaken_IsRefusedWhateverTheCase()
    {
        // Arrange
        _registry.Add(new Probe("orders"));

        // Act
        var mistake = Assert.Throws<ShutdownConfigurationException>(() => _registry.Add(new Probe("ORDERS")));

        // Assert
        Assert.Contains("'ORDERS' is registered twice.", mistake.Message, StringComparison.Ordinal);
        Assert.Single(_registry.Snapshot());
    }

    [Fact]
    public void AddHook_SamePhaseTwice_IsRefusedAndLeavesNoTrace()
    {
        // Arrange
        AddHook("ledger", ShutdownPhase.Release);

        // Act
        Assert.Throws<ShutdownConfigurationException>(() => AddHook("ledger", ShutdownPhase.Release, "pool"));

        // Assert
        Assert.Empty(Assert.Single(_registry.Snapshot()).Uses);
    }

    [Fact]
    public void AddHook_TwoPhases_AreOneParticipant()
    {
        // Act
        AddHook("ledger", ShutdownPhase.Drain, "pool");
        AddHook("ledger", ShutdownPhase.Release, "disk");

        // Assert
        Assert.Equal(["pool", "disk"], Assert.Single(_registry.Snapshot()).Uses);
    }

    [Fact]
    public void AddHook_NameOfAParticipant_IsRefused()
    {
        // Arrange
        _registry.Add(new Probe("orders"));

        // Act, assert
        Assert.Throws<ShutdownConfigurationException>(() => AddHook("orders", ShutdownPhase.Drain));
    }

    [Theory]
    [InlineData(ShutdownPhase.Running)]
    [InlineData(ShutdownPhase.Exit)]
    public void AddHook_PhaseWithoutWork_IsRefused(ShutdownPhase phase) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AddHook("ledger", phase));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("*")]
    public void Add_NameIsNone_IsRefused(string name) =>
        Assert.Throws<ShutdownConfigurationException>(() => _registry.Add(new Probe(name)));

    private void AddHook(string name, ShutdownPhase phase, params string[] uses) =>
        _registry.AddHook(name, phase, static (_, _) => Task.CompletedTask, uses);
}
