using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quiesce.Hosting.Lifetime;
using Quiesce.Testing;

namespace Quiesce.Hosting.Tests.Lifetime;

public sealed class PassiveHostTests
{
    [Theory]
    [InlineData("Interrupt")]
    [InlineData("Terminate")]
    public async Task Process_HostBuiltAndNeverRun_StillDiesOfCtrlC(string signal)
    {
        // Arrange
        await using ChildProcess child = ChildProcess.Start("HostProgram", "never-run");
        await child.Output.ContainingAsync("built");

        // Act
        child.Send(Enum.Parse<ShutdownSignal>(signal));

        // Assert: 128 plus the signal, which is how a death by the signal's default action is reported
        Assert.Equal(128 + (int)Enum.Parse<ShutdownSignal>(signal), await child.ExitAsync());
    }

    [Fact]
    public void Host_BuiltAndDisposedWithoutARun_TakesNoSignal()
    {
        // Arrange
        HostUnderTest host = HostUnderTest.Build();

        // Act
        host.Dispose();

        // Assert
        Assert.Equal(0, host.Process.Signals.Listened);
        Assert.True(host.Process.End.IsUntouched);
    }

    [Fact]
    public void Host_BuiltWithMistakesButNeverRun_Builds()
    {
        // Act: what a design-time tool does
        using HostUnderTest host = HostUnderTest.Build(before: static builder => builder.Configuration["GracefulShutdown:GracePeriod"] = "soon");

        // Assert
        Assert.NotNull(host.Shutdown);
    }

    [Fact]
    public async Task Host_StoppedWithoutASignal_RunsItsHooksAndLeavesTheProcessAlone()
    {
        // Arrange
        using HostUnderTest host = await HostUnderTest.Build(static builder => builder.Services.AddHostedService<Recorder>()).StartAsync();

        // Act
        host.Application.StopApplication();
        int exitCode = await host.ExitCode.OrHang();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
        Assert.Subset(host.Events.Snapshot().ToHashSet(), new HashSet<string> { "StopAccepting", "Drain", "StopAsync", "Release", "Dispose" });
        Assert.True(host.Process.End.IsUntouched);
        Assert.False(host.Process.Signals.IsListening);
    }

    [Fact]
    public async Task Host_StoppedByItsOwner_ReleasesBeforeTheStopReturns()
    {
        // Arrange
        using IHost host = Build(out Lines events);
        await host.StartAsync();

        // Act
        await host.StopAsync().OrHang();

        // Assert
        Assert.Equal("Release", events.Snapshot()[^1]);
    }

    [Fact]
    public async Task Host_DisposedWithoutAStop_RunsNoHookAndGivesTheSignalsBack()
    {
        // Arrange
        HostUnderTest host = await HostUnderTest.Build(static builder => builder.Services.AddHostedService<Recorder>()).StartAsync();
        Lines events = host.Events;

        // Act
        host.Dispose();

        // Assert: the Generic Host stops nothing either when it is only disposed
        Assert.Equal(["Dispose"], events.Snapshot());
        Assert.False(host.Process.Signals.IsListening);
        Assert.True(host.Process.End.IsUntouched);
    }

    [Fact]
    public async Task TwoHosts_OneIsStopped_TheOtherGoesOn()
    {
        // Arrange
        var process = new TestProcess();
        using HostUnderTest first = await HostUnderTest.Build(process: process).StartAsync();
        using HostUnderTest second = await HostUnderTest.Build(process: process).StartAsync();

        // Act
        first.Application.StopApplication();
        await first.ExitCode.OrHang();

        // Assert
        Assert.False(second.Application.ApplicationStopping.IsCancellationRequested);
        Assert.True(process.Signals.IsListening);
        Assert.True(process.End.IsUntouched);
    }

    [Fact]
    public async Task TwoHosts_Signal_BothLeave()
    {
        // Arrange
        var process = new TestProcess();
        using HostUnderTest first = await HostUnderTest.Build(static builder => builder.Services.AddHostedService<Recorder>(), process: process).StartAsync();
        using HostUnderTest second = await HostUnderTest.Build(static builder => builder.Services.AddHostedService<Recorder>(), process: process).StartAsync();

        // Act
        process.Signals.Raise(ShutdownSignal.Terminate);
        int[] exitCodes = await Task.WhenAll(first.ExitCode, second.ExitCode).OrHang();

        // Assert
        Assert.Equal([ShutdownExitCode.Clean, ShutdownExitCode.Clean], exitCodes);
        Assert.Contains("Release", first.Events.Snapshot());
        Assert.Contains("Release", second.Events.Snapshot());
        Assert.Equal(1, process.Signals.Listened);
    }

    [Fact]
    public async Task PassiveHost_RequestAbandonsWork_LeavesTheExitCodeAlone()
    {
        // Arrange
        var time = new ManualTimeProvider();
        using HostUnderTest host = await HostUnderTest.Build(static builder => builder.Services.AddSingleton<IPassiveReason, AlwaysPassive>(), time).StartAsync();
        Assert.True(host.Shutdown.Work.TryBegin("job", out _));

        // Act: with the defaults work is cancelled at 20 s and given up at 22 s
        host.Shutdown.Request("the test says so");
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(20)).OrHang();
        time.Advance(TimeSpan.FromSeconds(20));
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(21)).OrHang();
        time.Advance(TimeSpan.FromSeconds(2));
        int exitCode = await host.ExitCode.OrHang();

        // Assert
        Assert.Equal(ShutdownExitCode.WorkAbandoned, exitCode);
        Assert.True(host.Process.End.IsUntouched);
        Assert.Equal(0, host.Process.Signals.Listened);
    }

    private static IHost Build(out Lines events)
    {
        HostApplicationBuilder builder = HostUnderTest.NewBuilder();
        new TestProcess().Host(builder);
        Lines lines = events = new Lines();
        builder.Services.AddSingleton(lines);
        builder.AddGracefulShutdown();
        builder.Services.AddHostedService<Recorder>();
        return builder.Build();
    }
}
