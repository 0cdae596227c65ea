using System.Diagnostics;
using Adapters.Tests.Contract;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Adapters.Tests.OpenTelemetry;

/// <summary>Telemetry is exported last, that of the shutdown itself included; a collector that hangs is waited for once.</summary>
public sealed class OpenTelemetryTests
{
    private const int Never = int.MaxValue; // in milliseconds: what is exported is exported at the end

    [Fact]
    public async Task Exit_TraceOfTheShutdown_IsExported()
    {
        // Arrange
        var leaving = new Leaving();
        using KeptExporter<Activity> exporter = Spans();
        using TracerProvider traces = Traces(exporter);
        leaving.Shutdown.ShutDownOpenTelemetryLast(traces);

        // Act
        ShutdownReport report = await leaving.StopAsync();

        // Assert
        Assert.Superset(new HashSet<string> { "shutdown", "StopAccepting", "Drain", "Release" }, exporter.Names.ToHashSet());
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task Exit_MetricsOfTheShutdown_AreExported()
    {
        // Arrange
        var leaving = new Leaving();
        using KeptExporter<Metric> exporter = Instruments();
        using MeterProvider metrics = Metrics(exporter);
        leaving.Shutdown.ShutDownOpenTelemetryLast(metrics);

        // Act
        ShutdownReport report = await leaving.StopAsync();

        // Assert
        Assert.Superset(new HashSet<string> { "quiesce.shutdown.duration", "quiesce.phase.duration" }, exporter.Names.ToHashSet());
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task Exit_LogOfTheShutdown_IsExportedWithItsSummary()
    {
        // Arrange
        using var exporter = new KeptExporter<LogRecord>(static record => record.FormattedMessage ?? "");
        using OpenTelemetrySdk sdk = OpenTelemetrySdk.Create(builder => builder.WithLogging(
            logs => logs.AddProcessor(new BatchLogRecordExportProcessor(exporter, scheduledDelayMilliseconds: Never)),
            static options => options.IncludeFormattedMessage = true));
        var leaving = new Leaving(logger: sdk.GetLoggerFactory().CreateLogger("Quiesce"));
        leaving.Shutdown.ShutDownOpenTelemetryLast(sdk.LoggerProvider);

        // Act
        await leaving.StopAsync();

        // Assert
        Assert.StartsWith("Shut down in", exporter.Names.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exit_ProvidersAreACollections_AreShutDownSideBySide()
    {
        // Arrange: each exporter waits for the other
        using var both = new Barrier(2);
        var leaving = new Leaving();
        using var spans = new KeptExporter<Activity>(static span => span.OperationName, () => both.SignalAndWait(TestTimeouts.Hang));
        using var instruments = new KeptExporter<Metric>(static metric => metric.Name, () => both.SignalAndWait(TestTimeouts.Hang));
        using TracerProvider traces = Traces(spans);
        using MeterProvider metrics = Metrics(instruments);
        await using ServiceProvider services = new ServiceCollection().AddSingleton(traces).AddSingleton(metrics).BuildServiceProvider();
        leaving.Shutdown.ShutDownOpenTelemetryLast(services);

        // Act
        ShutdownReport report = await leaving.StopAsync();

        // Assert
        Assert.Equal(
            [("opentelemetry metrics", StepOutcome.Completed), ("opentelemetry traces", StepOutcome.Completed)],
            report.Participants.Where(static part => part.Phase == ShutdownPhase.Exit).Select(static part => (part.Name, part.Outcome)).Order());
        Assert.NotEmpty(spans.Names);
        Assert.NotEmpty(instruments.Names);
    }

    [Fact]
    public async Task Exit_CollectorHangs_IsGivenUpAndSaid()
    {
        // Arrange
        using var unblock = new ManualResetEventSlim();
        var leaving = new Leaving();
        using var exporter = new KeptExporter<Activity>(static span => span.OperationName, () => unblock.Wait(TestTimeouts.Hang));
        using TracerProvider traces = Traces(exporter);
        leaving.Shutdown.ShutDownOpenTelemetryLast(traces);

        // Act
        leaving.Signal();
        await leaving.EndShareOfExitAsync();
        ShutdownReport report = await leaving.ReportAsync();
        unblock.Set();

        // Assert
        AssertLost(report);
    }

    [Fact]
    public async Task Exit_CollectorHangs_TheProvidersDisposalDoesNotWaitForItAgain()
    {
        // Arrange
        using var unblock = new ManualResetEventSlim();
        var leaving = new Leaving(realTime: true);
        using var exporter = new KeptExporter<Activity>(static span => span.OperationName, () => unblock.Wait());
        TracerProvider traces = Traces(exporter);
        leaving.Shutdown.ShutDownOpenTelemetryLast(traces);

        // Act
        ShutdownReport report = await leaving.StopAsync();
        await Task.Run(traces.Dispose, TestContext.Current.CancellationToken).OrHang(); // the exporter hangs all the time
        unblock.Set();

        // Assert
        AssertLost(report);
    }

    [Fact]
    public async Task Exit_ExporterFailsAtItsEnd_IsSaid()
    {
        // Arrange
        var leaving = new Leaving();
        using KeptExporter<Activity> exporter = Spans();
        exporter.EndsWell = false;
        using TracerProvider traces = Traces(exporter);
        leaving.Shutdown.ShutDownOpenTelemetryLast(traces);

        // Act
        ShutdownReport report = await leaving.StopAsync(); // the clock has not moved

        // Assert
        AssertLost(report);
    }

    [Fact]
    public void ShutDown_ContainerHasNoProvider_IsRefusedInWords()
    {
        using ServiceProvider services = new ServiceCollection().BuildServiceProvider();

        var refused = Assert.Throws<InvalidOperationException>(() => new Leaving().Shutdown.ShutDownOpenTelemetryLast(services));

        Assert.Contains("The container has no provider of OpenTelemetry's.", refused.Message, StringComparison.Ordinal);
    }

    private static void AssertLost(ShutdownReport report)
    {
        ParticipantReport part = report.Participants.Single(static part => part.Phase == ShutdownPhase.Exit);
        Assert.Equal(("opentelemetry traces", StepOutcome.Failed, "TimeoutException: did not export everything in time"), (part.Name, part.Outcome, part.Error));
        Assert.Equal(["not everything was exported in time: what was still queued is lost"], part.Notes);
        Assert.Equal(ShutdownExitCode.ReleaseFailed, report.ExitCode);
    }

    private static KeptExporter<Activity> Spans() => new(static span => span.OperationName);

    private static KeptExporter<Metric> Instruments() => new(static metric => metric.Name);

    private static TracerProvider Traces(BaseExporter<Activity> exporter) => Sdk.CreateTracerProviderBuilder()
        .AddSource("Quiesce").AddProcessor(new BatchActivityExportProcessor(exporter, scheduledDelayMilliseconds: Never)).Build();

    private static MeterProvider Metrics(BaseExporter<Metric> exporter) => Sdk.CreateMeterProviderBuilder()
        .AddMeter("Quiesce").AddReader(new PeriodicExportingMetricReader(exporter, exportIntervalMilliseconds: Never)).Build();
}
