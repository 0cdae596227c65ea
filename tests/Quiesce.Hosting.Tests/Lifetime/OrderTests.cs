using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quiesce.Testing;

namespace Quiesce.Hosting.Tests.Lifetime;

public sealed class OrderTests
{
    [Fact]
    public async Task Host_Signal_DrainsWhileItIsWholeThenStopsReleasesAndDisposes()
    {
        // Arrange
        using HostUnderTest host = await HostUnderTest.Build(static builder => builder.Services.AddHostedService<Recorder>()).StartAsync();
        Lines events = host.Events;

        // Act
        host.Process.Signals.Raise(ShutdownSignal.Terminate);
        int exitCode = await host.ExitCode.OrHang();

        // Assert
        Assert.Equal(["StopAccepting", "Drain", "ApplicationStopping", "StopAsync", "Release", "Dispose"], events.Snapshot());
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
    }

    [Fact]
    public async Task Host_HookOfExit_RunsAfterReleaseAndBeforeTheServicesAreDisposed()
    {
        // Arrange
        using HostUnderTest host = await HostUnderTest.Build(static builder =>
        {
            builder.Services.AddHostedService<Recorder>();
            builder.Services.AddShutdownHook("log", ShutdownPhase.Exit, static (services, _) =>
            {
                services.GetRequiredService<Lines>().Add("Exit");
                return Task.CompletedTask;
            });
        }).StartAsync();

        // Act
        host.Process.Signals.Raise(ShutdownSignal.Terminate);
        int exitCode = await host.ExitCode.OrHang();

        // Assert
        Assert.Equal(["Release", "Exit", "Dispose"], host.Events.Snapshot().TakeLast(3));
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
    }

    [Fact]
    public async Task Host_WorkInFlightAtTheSignal_IsNotToldToStopBeforeItEnds()
    {
        // Arrange
        using HostUnderTest host = await HostUnderTest.Build(static builder => builder.Services.AddHostedService<Recorder>()).StartAsync();
        Assert.True(host.Shutdown.Work.TryBegin("job", out WorkLease job));
        host.Shutdown.Draining.Register(() => host.Events.Add("Draining"));

        // Act
        host.Process.Signals.Raise(ShutdownSignal.Terminate);
        await host.Events.ContainingAsync("Draining");
        bool stoppingWithWork = host.Application.ApplicationStopping.IsCancellationRequested;
        job.Dispose();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, await host.ExitCode.OrHang());
        Assert.False(stoppingWithWork);
    }

    [Fact]
    public async Task Host_TimeWasSpentDraining_StopsInWhatRemains()
    {
        // Arrange
        var time = new ManualTimeProvider();
        using HostUnderTest host = await HostUnderTest.Build(time: time).StartAsync();
        HostOptions options = host.Services.GetRequiredService<IOptions<HostOptions>>().Value;
        Assert.True(host.Shutdown.Work.TryBegin("job", out WorkLease job));
        host.Shutdown.Draining.Register(() => host.Events.Add("Draining"));

        // Act
        host.Process.Signals.Raise(ShutdownSignal.Terminate);
        await host.Events.ContainingAsync("Draining");
        time.Advance(TimeSpan.FromSeconds(7));
        job.Dispose();
        await host.ExitCode.OrHang();

        // Assert: the host is the only one to release, so it gets all but the last tenth of the 20 s until the budget's end.
        Assert.Equal(TimeSpan.FromSeconds(18), options.ShutdownTimeout);
    }

    [Fact]
    public async Task Host_ParticipantIsHostedAndRegistered_TakesPartOnce()
    {
        // Arrange
        using HostUnderTest host = await HostUnderTest.Build(static builder =>
        {
            builder.Services.AddShutdownParticipant<Recorder>();
            builder.Services.AddHostedService(static services => services.GetRequiredService<Recorder>());
        }).StartAsync();

        // Act
        host.Process.Signals.Raise(ShutdownSignal.Terminate);
        int exitCode = await host.ExitCode.OrHang();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
        Assert.Single(host.Events.Snapshot(), "Drain");
    }
}
