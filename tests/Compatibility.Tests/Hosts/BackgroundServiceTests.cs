using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Compatibility.Tests.Hosts;

/// <summary>Background services beside a web server, whose requests must not suffer from them.</summary>
public sealed class BackgroundServiceTests
{
    [Fact]
    public async Task BackgroundService_IgnoresItsToken_RequestsAreAnsweredAndTheHookIsReleased()
    {
        // Arrange: at 2 s the grace is the shortest there is, so that what is stuck is left behind soon.
        bool released = false;
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(
            builder =>
            {
                builder.Configuration["GracefulShutdown:GracePeriod"] = "00:00:02";
                builder.Services.AddHostedService<IgnoresItsToken>();
                builder.Services.AddShutdownHook("ledger", ShutdownPhase.Release, (_, _) => Task.FromResult(released = true));
            },
            static app => app.MapGet("/", static (SlowRequest slow) => slow.WorkAsync()));

        // Act
        using HttpResponseMessage answer = await service.GetAcrossTheSignalAsync("/");
        int exitCode = await service.ExitCode.OrHang();

        // Assert
        Assert.Equal(SlowRequest.Answer, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(ShutdownExitCode.ReleaseFailed, exitCode);
        Assert.True(released);
    }

    [Fact]
    public async Task BackgroundService_Crashes_RequestsAreAnsweredAndTheExitCodeSaysSo()
    {
        // Arrange
        var crash = Completion.New();
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(
            builder => builder.Services.AddHostedService(_ => new CrashesWhenTold(crash.Task)),
            static app => app.MapGet("/", static (SlowRequest slow) => slow.WorkAsync()));
        SlowRequest slow = service.Slow;
        Task<string> answering = service.Client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        await slow.Begun.OrHang();

        // Act: the host stops itself
        crash.SetResult();
        await service.Process.Logs.Lines.ContainingAsync("Drain began");
        slow.Finish();

        // Assert
        Assert.Equal(SlowRequest.Answer, await answering.OrHang());
        Assert.Equal(ShutdownExitCode.ProgramFailed, await service.ExitCode.OrHang());
    }

    private sealed class IgnoresItsToken : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => new TaskCompletionSource().Task;
    }

    private sealed class CrashesWhenTold(Task told) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await told;
            throw new InvalidOperationException("no such row");
        }
    }
}
