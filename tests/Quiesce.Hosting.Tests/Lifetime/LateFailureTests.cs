using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Quiesce.Hosting.Tests.Lifetime;

/// <summary>What comes out only after the report is added to it, one after the other.</summary>
public sealed class LateFailureTests
{
    [Fact]
    public async Task Host_WorkerFailsAndThenTheDisposal_TheFileSaysBoth()
    {
        // Arrange
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "report.json");
        using HostUnderTest host = HostUnderTest.Build(
            static builder =>
            {
                builder.Services.AddSingleton<ThrowingDisposal>();
                builder.Services.AddShutdownHook("uses it", ShutdownPhase.Release, static (services, _) =>
                {
                    services.GetRequiredService<ThrowingDisposal>();
                    return Task.CompletedTask;
                });
                builder.Services.AddHostedService<FailingWorker>();
            },
            before: builder => builder.Configuration["QUIESCE_REPORT_FILE"] = file);

        // Act
        int exitCode = await host.RunAsync().OrHang();

        // Assert
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
        Assert.Equal((ShutdownExitCode.ReleaseFailed, ShutdownExitCode.ReleaseFailed), (exitCode, report.RootElement.GetProperty("exitCode").GetInt32()));
        Assert.Equal(
            [("FailingWorker", "Running"), ("host", "Exit")],
            report.RootElement.GetProperty("participants").EnumerateArray().TakeLast(2).Select(static part => (part.GetProperty("name").GetString(), part.GetProperty("phase").GetString())));
    }
}
