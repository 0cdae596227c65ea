using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quiesce.Hosting.Tests.Lifetime;
using Quiesce.Testing;

namespace Quiesce.Hosting.Tests.Testing;

public sealed class DeployedHostTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_DeployedBeforeOrAfterAddGracefulShutdown_LeavesAndTouchesNoRealProcess(bool before)
    {
        // Arrange
        var orchestrator = new FakeOrchestrator(TimeSpan.FromSeconds(30));
        HostApplicationBuilder builder = HostUnderTest.NewBuilder();
        if (before) { orchestrator.Deploy(builder.Services); }

        builder.AddGracefulShutdown();
        if (!before) { orchestrator.Deploy(builder.Services); }

        builder.Services.AddShutdownHook("ledger", ShutdownPhase.Release, static (_, _) => throw new InvalidOperationException("on purpose"));
        using IHost host = builder.Build();
        Task<ShutdownReport> report = host.Services.GetRequiredService<GracefulShutdown>().Completion;
        Task<int> running = await StartAsync(host);

        // Act
        ProcessExit exit = await orchestrator.StopAsync(running).OrHang();

        // Assert
        Assert.Equal(new ProcessExit(ShutdownExitCode.ReleaseFailed, ProcessExitCause.ByItself), exit);
        Assert.Throws<ShutdownAssertionException>((await report).AssertNothingLost);
        Assert.Equal(0, Environment.ExitCode);
    }

    [Fact]
    public async Task Stop_ServiceRunsWithoutAnExitCodeOfItsOwn_IsWhatTheProcessWasSetTo()
    {
        // Arrange
        var orchestrator = new FakeOrchestrator(TimeSpan.FromSeconds(30));
        HostApplicationBuilder builder = HostUnderTest.NewBuilder();
        orchestrator.Deploy(builder.Services);
        builder.AddGracefulShutdown();
        builder.Services.AddShutdownHook("ledger", ShutdownPhase.Release, static (_, _) => throw new InvalidOperationException("on purpose"));
        using IHost host = builder.Build();
        await host.StartAsync();

        // Act
        ProcessExit exit = await orchestrator.StopAsync(host.WaitForShutdownAsync()).OrHang();

        // Assert
        Assert.Equal(new ProcessExit(ShutdownExitCode.ReleaseFailed, ProcessExitCause.ByItself), exit);
    }

    private static async Task<Task<int>> StartAsync(IHost host)
    {
        var started = Completion.New();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(started.SetResult);
        Task<int> running = host.RunGracefullyAsync();
        await started.Task.OrHang();
        return running;
    }
}
