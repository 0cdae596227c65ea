using System.Diagnostics.Metrics;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Telemetry;

/// <summary>One test per instrument; each hears its own report by a name that no other test uses.</summary>
public sealed class ShutdownMetricsTests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<(string Name, string? Unit, double Value, Dictionary<string, object?> Tags)> _heard = [];

    public ShutdownMetricsTests()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Quiesce") { listener.EnableMeasurementEvents(instrument); }
        };
        _listener.SetMeasurementEventCallback<double>(Hear);
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, state) => Hear(instrument, value, tags, state));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void WorkActive_UnitsAreInFlight_CountsThoseOfEveryTracker()
    {
        // Arrange: other tests run beside this one, so by the million
        var trackers = new[] { new ShutdownUnderTest(), new ShutdownUnderTest() };
        const int Units = 100_000;
        foreach (ShutdownUnderTest tracker in trackers)
        {
            for (int i = 0; i < Units; i++) { tracker.BeginWork("row"); }
        }

        // Act
        _listener.RecordObservableInstruments();

        // Assert
        Assert.InRange(Heard("quiesce.work.active", "{unit}").Value, 2 * Units, 3 * Units);
        GC.KeepAlive(trackers);
    }

    [Fact]
    public void ShutdownDuration_OfAReport_IsInSecondsWithTheExitCode()
    {
        ShutdownMetrics.Record(Reports.WithEverything with { Duration = TimeSpan.FromSeconds(1.0625) });

        (_, _, double value, Dictionary<string, object?> tags) = Heard("quiesce.shutdown.duration", "s", static heard => heard.Value == 1.0625);
        Assert.Equal((1.0625, 80, "Signal"), (value, tags["quiesce.shutdown.exit_code"], tags["quiesce.shutdown.trigger"]));
    }

    [Fact]
    public void PhaseDuration_OfAReport_IsInSecondsPerPhase()
    {
        ShutdownMetrics.Record(Reports.WithEverything with { Phases = [new PhaseReport(ShutdownPhase.Drain, TimeSpan.FromSeconds(2.0625))] });

        Assert.Equal("Drain", Heard("quiesce.phase.duration", "s", static heard => heard.Value == 2.0625).Tags["quiesce.phase.name"]);
    }

    [Fact]
    public void ParticipantDuration_OfAReport_HasOutcomeAndErrorTypeWithoutItsMessage()
    {
        ParticipantReport failed = Reports.WithEverything.Participants[1] with { Name = "metered" };
        ShutdownMetrics.Record(Reports.WithEverything with { Participants = [failed] });

        (_, _, double value, Dictionary<string, object?> tags) = Heard(
            "quiesce.participant.duration", "s", static heard => heard.Tags["quiesce.participant.name"] is "metered");
        Assert.Equal((0.5, "Release", "Failed", "IOException"), (value, tags["quiesce.phase.name"], tags["quiesce.participant.outcome"], tags["error.type"]));
    }

    [Fact]
    public void WorkAbandoned_OfAReport_CountsByKind()
    {
        AbandonedWork unit = Reports.WithEverything.Abandoned[0] with { Kind = "metered" };
        ShutdownMetrics.Record(Reports.WithEverything with { Abandoned = [unit, unit, unit with { Ended = true }] });

        Assert.Equal(2, Heard("quiesce.work.abandoned", "{unit}", static heard => heard.Tags["quiesce.work.kind"] is "metered" && heard.Tags["quiesce.work.ended"] is false).Value);
    }

    [Fact]
    public async Task Record_ListenerThrows_IsSaidInTheLogAndChangesNothing()
    {
        // Arrange
        using var broken = new MeterListener();
        var logger = new TestLogger();
        var shutdown = new ShutdownUnderTest(logger: logger);
        Probe probe = shutdown.Add("heard by a broken listener");
        broken.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "quiesce.participant.duration") { listener.EnableMeasurementEvents(instrument); }
        };
        broken.SetMeasurementEventCallback<double>(static (_, _, tags, _) =>
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag.Value is "heard by a broken listener") { throw new InvalidOperationException("no exporter"); }
            }
        });
        broken.Start();

        // Act
        ShutdownReport report = await shutdown.StopAsync();

        // Assert
        Assert.Equal((ShutdownExitCode.Clean, true), (report.ExitCode, probe.Release.HasBegun));
        Assert.Contains(logger.Entries, static entry => entry.Text == "The report did not reach the metrics and the trace: InvalidOperationException: no exporter");
    }

    [Fact]
    public void Documentation_EveryInstrument_IsDocumented()
    {
        // Act
        ShutdownMetrics.Record(Reports.WithEverything);
        _listener.RecordObservableInstruments();

        // Assert
        string page = Repository.Read("docs/metrics.md");
        lock (_heard)
        {
            Assert.All(_heard.Select(static heard => heard.Name).Distinct(), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
            Assert.All(_heard.SelectMany(static heard => heard.Tags.Keys).Distinct(), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
        }
    }

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        Dictionary<string, object?> copy = tags.ToArray().ToDictionary();
        lock (_heard) { _heard.Add((instrument.Name, instrument.Unit, value, copy)); }
    }

    private (string Name, string? Unit, double Value, Dictionary<string, object?> Tags) Heard(
        string name, string unit, Func<(string Name, string? Unit, double Value, Dictionary<string, object?> Tags), bool>? which = null)
    {
        lock (_heard) { return Assert.Single(_heard, heard => heard.Name == name && heard.Unit == unit && (which?.Invoke(heard) ?? true)); }
    }
}
