using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Quiesce.Hosting.Tests.Lifetime;

/// <summary>A foreign hosted service that takes work from outside.</summary>
public sealed class StopAtCloseTests
{
    [Fact]
    public async Task Host_Signal_ToldToStopWhileWorkIsInFlightAndOnlyOnce()
    {
        // Arrange
        TaskCompletionSource finish = Completion.New();
        using HostUnderTest host = await StartAsync(finish);
        Assert.True(host.Shutdown.Work.TryBegin("job", out WorkLease job));

        // Act
        host.Process.Signals.Raise(ShutdownSignal.Terminate);
        await host.Events.ContainingAsync("StopAsync");
        bool whole = !host.Application.ApplicationStopping.IsCancellationRequested;
        job.Dispose();
        finish.SetResult();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, await host.ExitCode.OrHang());
        Assert.True(whole);
        Assert.Equal(["StartingAsync", "StartAsync", "StartedAsync", "StopAsync", "StoppingAsync", "StoppedAsync", "DisposeAsync"], host.Events.Snapshot());
    }

    [Fact]
    public async Task Drain_ItsStopIsUnderWay_IsWaitedForBeforeTheHostStops()
    {
        // Arrange
        TaskCompletionSource finish = Completion.New();
        using HostUnderTest host = await StartAsync(finish);
        host.Shutdown.Draining.Register(() => host.Events.Add("Draining"));

        // Act
        host.Process.Signals.Raise(ShutdownSignal.Terminate);
        await host.Events.ContainingAsync("Draining");
        bool waits = !host.Application.ApplicationStopping.IsCancellationRequested;
        finish.SetResult();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, await host.ExitCode.OrHang());
        Assert.True(waits);
    }

    [Fact]
    public async Task Deadline_ItsStopIsUnderWay_ItsTokenFires()
    {
        // Arrange
        TaskCompletionSource finish = Completion.New();
        using HostUnderTest host = await StartAsync(finish);
        host.Process.Signals.Raise(ShutdownSignal.Terminate);
        await host.Events.ContainingAsync("StopAsync");

        // Act: a person does not want to wait
        host.Services.GetRequiredService<ShutdownCoordinator>().SkipDrain();

        // Assert
        await host.Events.ContainingAsync("late");
        await host.ExitCode.OrHang();
    }

    [Fact]
    public async Task Host_ItsWorkFails_IsNoticedAsForAnyBackgroundService()
    {
        // Arrange
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "report.json");
        using HostUnderTest host = HostUnderTest.Build(
            static builder =>
            {
                builder.Services.AddHostedService<FailingWorker>();
                builder.Services.StopAtClose<FailingWorker>();
            },
            before: builder => builder.Configuration["QUIESCE_REPORT_FILE"] = file);

        // Act
        int exitCode = await host.RunAsync().OrHang();

        // Assert: under its own name
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
        Assert.Equal(ShutdownExitCode.ProgramFailed, exitCode);
        Assert.Equal("FailingWorker", report.RootElement.GetProperty("participants").EnumerateArray().Last().GetProperty("name").GetString());
    }

    [Fact]
    public void StopAtClose_NobodyRegisteredIt_SaysWhatToDo()
    {
        ShutdownConfigurationException refused = Assert.Throws<ShutdownConfigurationException>(static () => new ServiceCollection().StopAtClose<Foreign>());

        Assert.Contains("Call it after the registration", refused.Message, StringComparison.Ordinal);
    }

    private static Task<HostUnderTest> StartAsync(TaskCompletionSource finish) => HostUnderTest.Build(builder =>
    {
        builder.Services.AddSingleton(finish);
        builder.Services.AddHostedService<Foreign>();
        builder.Services.StopAtClose<Foreign>();
    }).StartAsync();

    /// <summary>Stops as a message bus does: it waits for what it has begun, or until its token fires.</summary>
    private sealed class Foreign(Lines events, TaskCompletionSource finish) : IHostedLifecycleService, IAsyncDisposable
    {
        public Task StartingAsync(CancellationToken cancellationToken) => Note(nameof(StartingAsync));

        public Task StartAsync(CancellationToken cancellationToken) => Note(nameof(StartAsync));

        public Task StartedAsync(CancellationToken cancellationToken) => Note(nameof(StartedAsync));

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            events.Add(nameof(StopAsync));
            await finish.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested) { events.Add("late"); }
        }

        public Task StoppingAsync(CancellationToken cancellationToken) => Note(nameof(StoppingAsync));

        public Task StoppedAsync(CancellationToken cancellationToken) => Note(nameof(StoppedAsync));

        public async ValueTask DisposeAsync() => await Note(nameof(DisposeAsync));

        private Task Note(string what)
        {
            events.Add(what);
            return Task.CompletedTask;
        }
    }
}
