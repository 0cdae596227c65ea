using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Quiesce.Tests.Phases;

public sealed class ShutdownRehearsalTests
{
    [Fact]
    public async Task Rehearsal_OfAShutdown_ComesThroughEveryPhaseAndNobodyHearsOfIt()
    {
        // Arrange
        var heard = new ConcurrentBag<object?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Quiesce") { listener.EnableMeasurementEvents(instrument); }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (KeyValuePair<string, object?> tag in tags) { heard.Add(tag.Value); }
        });
        listener.Start();
        ShutdownBudget budget = BudgetPlanner.Plan(new GracefulShutdownOptions(), null).Require();

        // Act
        ShutdownReport report = await ShutdownRehearsal.RunAsync(budget).OrHang();

        // Assert: other tests are heard beside it
        IEnumerable<ShutdownPhase> phases = report.Participants
            .Where(static part => part is { Name: "rehearsal", Outcome: StepOutcome.Completed }).Select(static part => part.Phase);
        Assert.Equal([ShutdownPhase.StopAccepting, ShutdownPhase.Drain, ShutdownPhase.Release], phases);
        Assert.DoesNotContain("rehearsal", heard);
    }
}
