using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Quiesce.Hosting.Tests.Lifetime;

namespace Quiesce.Hosting.Tests.Configuration;

public sealed class RefusedStartTests
{
    [Fact]
    public async Task Process_MistakeInTheConfiguration_ExitsWithTheMessageAlone()
    {
        // Act
        await using ChildProcess child = ChildProcess.Start("HostProgram", "calm", "--GracefulShutdown:GracePeriod=30");
        int exitCode = await child.ExitAsync();

        // Assert
        Assert.Equal(ShutdownExitCode.StartupAborted, exitCode);
        Assert.Equal("Graceful shutdown: GracefulShutdown:GracePeriod is '30', which is no TimeSpan. Did you mean '00:00:30'?", child.Output.All);
    }

    [Fact]
    public async Task Process_LifetimeWasDisplaced_ExitsWithTheMessageAlone()
    {
        // Act
        await using ChildProcess child = ChildProcess.Start("HostProgram", "displaced");
        int exitCode = await child.ExitAsync();

        // Assert
        Assert.Equal(ShutdownExitCode.StartupAborted, exitCode);
        Assert.Equal(
            "Graceful shutdown: 'Microsoft.Extensions.Hosting.Internal.ConsoleLifetime' was registered as IHostLifetime after AddGracefulShutdown " +
            "and displaced it. Call AddGracefulShutdown after it.",
            child.Output.All);
    }

    [Fact]
    public async Task Process_ConfigurationFileIsUnreadable_FailsBeforeQuiesceHasAPart()
    {
        // Arrange: the builder itself reads the file, so this is .NET's own message, and .NET's own exit code
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "appsettings.json"), "{ not json");

        // Act
        await using ChildProcess child = ChildProcess.Start("HostProgram", "calm", $"--contentRoot={folder.Path}");
        int exitCode = await child.ExitAsync();

        // Assert
        Assert.Equal(134, exitCode);
        Assert.Contains("appsettings.json", child.Output.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_LifetimeDisplacedAndRunPlainly_Throws()
    {
        // Arrange
        using HostUnderTest host = HostUnderTest.Build(static builder => builder.Services.AddSingleton<IHostLifetime, ConsoleLifetime>());

        // Act
        ShutdownConfigurationException error = await host.RefusalAsync();

        // Assert
        Assert.Contains("displaced it", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, host.Process.Signals.Listened);
    }

    [Fact]
    public void AddGracefulShutdown_CalledTwice_Throws()
    {
        // Arrange
        HostApplicationBuilder builder = HostUnderTest.NewBuilder();
        builder.AddGracefulShutdown();

        // Act
        var error = Assert.Throws<ShutdownConfigurationException>(() => builder.AddGracefulShutdown());

        // Assert
        Assert.Contains("called twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunGracefully_WithoutAddGracefulShutdown_Throws()
    {
        // Arrange
        using IHost host = HostUnderTest.NewBuilder().Build();

        // Act
        var error = await Assert.ThrowsAsync<InvalidOperationException>(host.RunGracefullyAsync);

        // Assert
        Assert.Contains("AddGracefulShutdown", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddShutdownHook_PhaseWithoutHooks_IsRefusedWhereItIsWritten()
    {
        // Act and assert
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new ServiceCollection().AddShutdownHook("ledger", ShutdownPhase.Running, static (_, _) => Task.CompletedTask));
    }

    [Fact]
    public void AddShutdownHook_AsksForAnOrderOrALimitInExit_IsRefusedWhereItIsWritten()
    {
        // Arrange
        var services = new ServiceCollection();

        // Act and assert
        Assert.Throws<ArgumentException>(
            () => services.AddShutdownHook("log", ShutdownPhase.Exit, static (_, _) => Task.CompletedTask, "disk"));
        Assert.Throws<ArgumentException>(
            () => services.AddShutdownHook("log", ShutdownPhase.Exit, static (_, _) => Task.CompletedTask, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void AddShutdownHook_LimitIsNotMoreThanZero_IsRefusedWhereItIsWritten()
    {
        // Act and assert
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceCollection().AddShutdownHook(
            "ledger", ShutdownPhase.Release, static (_, _) => Task.CompletedTask, TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public async Task Host_LimitsDoNotFit_RefusesToStart()
    {
        // Arrange
        using HostUnderTest host = HostUnderTest.Build(static builder => builder.Services
            .AddShutdownHook("ledger", ShutdownPhase.Release, static (_, _) => Task.CompletedTask, TimeSpan.FromSeconds(3), "pool")
            .AddShutdownHook("pool", ShutdownPhase.Release, static (_, _) => Task.CompletedTask, TimeSpan.FromSeconds(2)));

        // Act
        ShutdownConfigurationException error = await host.RefusalAsync();

        // Assert: the host itself has no limit
        Assert.Equal(
            [
                "The limits in Release of 'ledger' 00:00:03 → 'pool' 00:00:02 add up to 00:00:05; ReleaseReserve is 00:00:05, a quarter of which is kept " +
                "for those without a limit. Shorten one, or raise the share or the grace.",
            ],
            error.Failures);
    }

    [Fact]
    public async Task Host_LimitsDoNotFitTheEnvironmentsGraceOnly_StartsWithAWarning()
    {
        // Arrange
        using HostUnderTest host = HostUnderTest.Build(
            static builder => builder.Services.AddShutdownHook("ledger", ShutdownPhase.Release, static (_, _) => Task.CompletedTask, TimeSpan.FromSeconds(3)),
            before: static builder => builder.Configuration["QUIESCE_GRACE_PERIOD"] = "10");

        // Act
        await host.StartAsync();

        // Assert
        await host.Process.Logs.Lines.ContainingAsync("The limit in Release of 'ledger' 00:00:03 is too long; ReleaseReserve is 00:00:02");
        host.Process.Signals.Raise(ShutdownSignal.Terminate);
        Assert.Equal(ShutdownExitCode.Clean, await host.ExitCode.OrHang());
    }

    [Fact]
    public async Task Host_StartRefused_ReleasesNothingAndGivesTheSignalsBack()
    {
        // Arrange
        using HostUnderTest host = HostUnderTest.Build(static builder =>
        {
            builder.Services.AddHostedService<Recorder>();
            builder.Services.AddShutdownHook("ledger", ShutdownPhase.Release, static (_, _) => Task.CompletedTask, "nobody");
        });
        Lines events = host.Events;

        // Act
        int exitCode = await host.RunAsync().OrHang();

        // Assert
        Assert.Equal(ShutdownExitCode.StartupAborted, exitCode);
        Assert.Equal(["Dispose"], events.Snapshot());
        Assert.False(host.Process.Signals.IsListening);
    }
}
