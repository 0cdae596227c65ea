using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Quiesce.Hosting.Tests.Lifetime;

public sealed class MisbehavingHostTests
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Process_HungStop_StillReleasesDisposesAndSaysReleaseFailed()
    {
        // Arrange
        await using ChildProcess child = Start("hung-stop");
        await child.Output.ContainingAsync("Application started");

        // Act
        child.Send(ShutdownSignal.Terminate);
        int exitCode = await child.ExitAsync(_grace);

        // Assert
        Assert.Equal(ShutdownExitCode.ReleaseFailed, exitCode);
        Assert.Equal(["ledger flushed", "ledger disposed"], child.Output.Snapshot().Where(static line => line.StartsWith("ledger", StringComparison.Ordinal)));
        Assert.Contains("'host' ignored its limit in Release", child.Output.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_HungStop_LeavesAReportInTheFileThatTheEnvironmentNames()
    {
        // Arrange
        using var folder = new TemporaryFolder();
        await using ChildProcess child = Start("hung-stop", reportFile: Path.Combine(folder.Path, "report.json"));
        await child.Output.ContainingAsync("Application started");

        // Act
        child.Send(ShutdownSignal.Terminate);
        int exitCode = await child.ExitAsync(_grace);

        // Assert
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.Path, "report.json")));
        Assert.Equal(exitCode, report.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Contains(report.RootElement.GetProperty("participants").EnumerateArray(), static part =>
            part.GetProperty("name").GetString() == "host" && part.GetProperty("outcome").GetString() == "Abandoned");
    }

    [Fact]
    public async Task Process_BackgroundServiceIgnoresItsToken_ReleasesAndSaysReleaseFailed()
    {
        // Arrange
        await using ChildProcess child = Start("stubborn");
        await child.Output.ContainingAsync("Application started");

        // Act
        child.Send(ShutdownSignal.Terminate);
        int exitCode = await child.ExitAsync(_grace);

        // Assert
        Assert.Equal(ShutdownExitCode.ReleaseFailed, exitCode);
        Assert.Contains("ledger disposed", child.Output.Snapshot());
    }

    [Fact]
    public async Task Host_StopThrows_ReleasesAndReturnsReleaseFailed()
    {
        // Arrange
        using HostUnderTest host = await HostUnderTest.Build(static builder =>
        {
            builder.Services.AddHostedService<ThrowingStop>();
            builder.Services.AddHostedService<Recorder>();
        }).StartAsync();

        // Act
        host.Process.Signals.Raise(ShutdownSignal.Terminate);
        int exitCode = await host.ExitCode.OrHang();

        // Assert
        Assert.Equal(ShutdownExitCode.ReleaseFailed, exitCode);
        Assert.Equal(["Release", "Dispose"], host.Events.Snapshot().TakeLast(2));
        Assert.Contains("cannot stop", host.Process.Logs.Lines.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_DisposalThrowsAfterTheReport_TheFileSaysSoToo()
    {
        // Arrange
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "report.json");
        using HostUnderTest host = await HostUnderTest.Build(
            static builder =>
            {
                builder.Services.AddSingleton<ThrowingDisposal>();
                builder.Services.AddShutdownHook("uses it", ShutdownPhase.Release, static (services, _) =>
                {
                    services.GetRequiredService<ThrowingDisposal>();
                    return Task.CompletedTask;
                });
            },
            before: builder => builder.Configuration["QUIESCE_REPORT_FILE"] = file).StartAsync();

        // Act
        host.Process.Signals.Raise(ShutdownSignal.Terminate);
        int exitCode = await host.ExitCode.OrHang();

        // Assert
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(file));
        JsonElement last = report.RootElement.GetProperty("participants").EnumerateArray().Last();
        Assert.Equal((ShutdownExitCode.ReleaseFailed, ShutdownExitCode.ReleaseFailed), (exitCode, report.RootElement.GetProperty("exitCode").GetInt32()));
        Assert.Equal(("host", "Exit", "Failed"), (Text(last, "name"), Text(last, "phase"), Text(last, "outcome")));
        Assert.DoesNotContain("secret", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_WorkerFails_TheFileSaysWhich()
    {
        // Arrange
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "report.json");
        await using ChildProcess child = Start("failing-worker", reportFile: file);
        await child.Output.ContainingAsync("Application started");

        // Act
        child.WriteLine("go on");
        int exitCode = await child.ExitAsync();

        // Assert
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
        JsonElement last = report.RootElement.GetProperty("participants").EnumerateArray().Last();
        Assert.Equal((ShutdownExitCode.ProgramFailed, exitCode), (report.RootElement.GetProperty("exitCode").GetInt32(), exitCode));
        Assert.Equal(("Running", "Failed"), (Text(last, "phase"), Text(last, "outcome")));
    }

    [Fact]
    public async Task Host_StopsItselfDuringItsStart_ReleasesWithoutAnException()
    {
        // Arrange
        using HostUnderTest host = HostUnderTest.Build(static builder =>
        {
            builder.Services.AddHostedService<Recorder>();
            builder.Services.AddHostedService<StopDuringStart>();
        });

        // Act
        int exitCode = await host.RunAsync().OrHang();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
        Assert.Equal(["Release", "Dispose"], host.Events.Snapshot().TakeLast(2));
    }

    [Fact]
    public async Task Process_SignalDuringStartup_FinishesTheStartAndStops()
    {
        // Arrange
        await using ChildProcess child = Start("slow-start");
        await child.Output.ContainingAsync("starting");

        // Act
        child.Send(ShutdownSignal.Terminate);
        child.WriteLine("go");
        int exitCode = await child.ExitAsync(_grace);

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
        Assert.Contains("start finished", child.Output.Snapshot());
        Assert.Contains("ledger flushed", child.Output.Snapshot());
    }

    [Fact]
    public async Task Process_SignalDuringAStartThatNeverEnds_SaysStartupAborted()
    {
        // Arrange
        await using ChildProcess child = Start("slow-start", grace: "2");
        await child.Output.ContainingAsync("starting");

        // Act
        child.Send(ShutdownSignal.Terminate);
        int exitCode = await child.ExitAsync(TimeSpan.FromSeconds(2));

        // Assert
        Assert.Equal(ShutdownExitCode.StartupAborted, exitCode);
        Assert.DoesNotContain("Unhandled exception", child.Output.All, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static ChildProcess Start(string scenario, string grace = "4", string reportFile = "") => ChildProcess.Start(
        "HostProgram", new Dictionary<string, string> { ["QUIESCE_GRACE_PERIOD"] = grace, ["QUIESCE_REPORT_FILE"] = reportFile }, scenario);
}
