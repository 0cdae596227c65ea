using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace Quiesce.Hosting.Tests.Lifetime;

public sealed class DecoratedLifetimeTests
{
    [Fact]
    public async Task Systemd_LifetimeIsRegistered_IsReplacedSoThatNothingIsSaidTwice()
    {
        // Arrange
        using HostUnderTest host = await HostUnderTest.Build(
            before: static builder => builder.Services.AddSingleton<IHostLifetime, SystemdLifetime>()).StartAsync();

        // Act
        host.Process.Signals.Raise(ShutdownSignal.Terminate);
        await host.ExitCode.OrHang();

        // Assert
        Assert.Empty(host.Events.Snapshot());
    }

    [Fact]
    public async Task Lifetime_ServiceManagerRegisteredBefore_StillHearsOfStartAndStop()
    {
        // Arrange
        using HostUnderTest host = await WithServiceManager(new FakeServiceManager()).StartAsync();

        // Act
        host.Process.Signals.Raise(ShutdownSignal.Terminate);
        await host.ExitCode.OrHang();

        // Assert
        string[] events = [.. host.Events.Snapshot().Where(static line => line.StartsWith("manager", StringComparison.Ordinal))];
        Assert.Equal(["manager: started", "manager: stopped", "manager: disposed"], events);
    }

    [Fact]
    public async Task Lifetime_ServiceManagerAsksForAStop_DrainsBeforeApplicationStopping()
    {
        // Arrange
        var manager = new FakeServiceManager();
        using HostUnderTest host = await WithServiceManager(manager).StartAsync();

        // Act
        manager.StopService();
        int exitCode = await host.ExitCode.OrHang();

        // Assert
        List<string> events = [.. host.Events.Snapshot()];
        Assert.True(events.IndexOf("Drain") < events.IndexOf("ApplicationStopping"), string.Join(", ", events));
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
    }

    [Fact]
    public async Task Lifetime_ConsoleLifetimeRegisteredBefore_IsReplaced()
    {
        // Arrange: what Host.CreateApplicationBuilder registers
        using HostUnderTest host = await HostUnderTest.Build(before: static builder => builder.Services.AddSingleton<IHostLifetime, Microsoft.Extensions.Hosting.Internal.ConsoleLifetime>()).StartAsync();

        // Act
        host.Process.Signals.Raise(ShutdownSignal.Terminate);
        await host.ExitCode.OrHang();

        // Assert: the console's own lifetime would have said so
        Assert.DoesNotContain("Press Ctrl+C to shut down", host.Process.Logs.Lines.All, StringComparison.Ordinal);
    }

    private static HostUnderTest WithServiceManager(FakeServiceManager manager) => HostUnderTest.Build(
        static builder => builder.Services.AddHostedService<Recorder>(),
        before: builder =>
        {
            builder.Services.AddSingleton(manager);
            builder.Services.AddSingleton<IHostLifetime, FakeServiceManagerLifetime>();
        });
}
