using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.InFlight;

/// <summary>Real threads against the gate's one word. Many short rounds: the races are in the moment of the close.</summary>
[Trait("Kind", "Stress")]
public sealed class InFlightGateStressTests
{
    private const int Rounds = 3_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gate_ClosesWhileThreadsComeAndGo_NobodyIsInsideAfterDrained(bool onceEmpty)
    {
        // Arrange
        var random = new Random(Seeds.Next(nameof(Gate_ClosesWhileThreadsComeAndGo_NobodyIsInsideAfterDrained)));
        int violations = 0;
        int undrained = 0;
        int miscounted = 0;

        // Act
        for (int round = 0; round < Rounds / 6; round++)
        {
            var gate = new InFlightGate();
            int delay = random.Next(2_000);
            Action worker = () =>
            {
                // Bounded: on few cores, workers that never pause would keep the closer from running.
                for (int i = 0; i < 50 && gate.TryEnter(); i++)
                {
                    if (gate.Drained.IsCompleted) { Interlocked.Increment(ref violations); }

                    bool nested = gate.TryEnterNested();
                    gate.Exit();
                    if (nested)
                    {
                        if (gate.Drained.IsCompleted) { Interlocked.Increment(ref violations); }

                        gate.Exit();
                    }
                    else { Interlocked.Increment(ref violations); }
                }
            };
            Threads.RunTogether(worker, worker, () =>
            {
                Thread.SpinWait(delay);
                if (onceEmpty) { gate.CloseOnceEmpty(); }
                else { gate.Close(); }
            });
            undrained += gate.Drained.IsCompleted ? 0 : 1;
            miscounted += gate.Count == 0 ? 0 : 1;
        }

        // Assert
        Assert.Equal((0, 0, 0), (violations, undrained, miscounted));
    }

    [Fact]
    public void Gate_LastExitRacesClose_DrainsExactlyOnce()
    {
        // Arrange
        int undrained = 0;

        // Act
        for (int round = 0; round < Rounds; round++)
        {
            var gate = new InFlightGate();
            gate.TryEnter();
            Parallel.Invoke(gate.Exit, gate.Close, gate.CloseOnceEmpty, () =>
            {
                if (gate.TryEnter()) { gate.Exit(); }
            });
            undrained += gate.Drained.IsCompletedSuccessfully ? 0 : 1;
        }

        // Assert
        Assert.Equal(0, undrained);
    }

    [Fact]
    public void EnterNested_ParentIsElsewhere_IsRefusedOnceDrained()
    {
        // Arrange
        int violations = 0;

        // Act
        for (int round = 0; round < Rounds; round++)
        {
            var gate = new InFlightGate();
            Action enter = () =>
            {
                if (!gate.TryEnterNested()) { return; }

                if (gate.Drained.IsCompleted) { Interlocked.Increment(ref violations); }

                gate.Exit();
            };
            Parallel.Invoke(enter, gate.Close, enter, () => gate.TryEnter());
        }

        // Assert
        Assert.Equal(0, violations);
    }
}
