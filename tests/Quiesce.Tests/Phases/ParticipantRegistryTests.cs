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
    public void Remove_Participant_ItsNameIsFreeAgain()
    {
        // Arrange
        var orders = new Probe("orders");
        _registry.Add(orders);

        // Act
        bool[] removed = [_registry.Remove(orders), _registry.Remove(orders)];
        var successor = new Probe("Orders");
        _registry.Add(successor);

        // Assert
        Assert.Equal([true, false], removed);
        Assert.Same(successor, Assert.Single(_registry.Snapshot()));
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

    [Fact]
    [Trait("Kind", "Stress")]
    public void AddHook_WhileAShutdownReads_DisturbsNothing()
    {
        // Arrange
        int problems = 0;

        // Act
        for (int round = 0; round < 300; round++)
        {
            var registry = new ParticipantRegistry();
            Action<ShutdownPhase> add = phase => registry.AddHook("ledger", phase, Hook.Of(static (_, _) => Task.CompletedTask), ["pool", "disk"]);
            registry.Add(new Probe("pool"));
            registry.Add(new Probe("disk"));
            add(ShutdownPhase.Release);
            Parallel.Invoke(
                () => add(ShutdownPhase.Drain),
                () => add(ShutdownPhase.StopAccepting),
                () =>
                {
                    for (int i = 0; i < 50; i++) { Interlocked.Add(ref problems, ParticipantGraph.Build(registry.Snapshot()).Problems.Count); }
                });
        }

        // Assert
        Assert.Equal(0, problems);
    }

    [Fact]
    public void AddHook_PhaseWithoutWork_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AddHook("ledger", ShutdownPhase.Running));

    [Fact]
    public void AddHook_UsesSomethingInExit_IsRefusedInWords()
    {
        var mistake = Assert.Throws<ArgumentException>(() => AddHook("log", ShutdownPhase.Exit, "disk", "pool"));

        Assert.Contains("Hook 'log': hooks in Exit run side by side, so that it cannot use 'disk', 'pool'.", mistake.Message, StringComparison.Ordinal);
        Assert.Empty(_registry.Snapshot());
    }

    [Fact]
    public void AddHook_HasALimitInExit_IsRefusedInWords()
    {
        Hook limited = Hook.Of(static (_, _) => Task.CompletedTask) with { Limit = TimeSpan.FromSeconds(1) };

        var mistake = Assert.Throws<ArgumentException>(() => _registry.AddHook("log", ShutdownPhase.Exit, limited, []));

        Assert.Contains("Hook 'log': a hook in Exit has no limit of its own.", mistake.Message, StringComparison.Ordinal);
        Assert.Empty(_registry.Snapshot());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("*")]
    public void Add_NameIsNone_IsRefused(string name) =>
        Assert.Throws<ShutdownConfigurationException>(() => _registry.Add(new Probe(name)));

    private void AddHook(string name, ShutdownPhase phase, params string[] uses) =>
        _registry.AddHook(name, phase, Hook.Of(static (_, _) => Task.CompletedTask), uses);
}
