using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Compatibility.Tests.Hosts;

/// <summary>Each way to build a web service: a request in flight at SIGTERM is answered whole, then the process leaves.</summary>
public sealed class BuilderTests
{
    [Theory]
    [InlineData("Builder")]
    [InlineData("SlimBuilder")]
    [InlineData("EmptyBuilder")]
    public async Task WebApplication_OfAnyBuilder_AnswersWhatIsInFlight(string kind)
    {
        // Arrange
        var options = new WebApplicationOptions { EnvironmentName = Environments.Production };
        WebApplicationBuilder builder = kind switch
        {
            "Builder" => WebApplication.CreateBuilder(options),
            "SlimBuilder" => WebApplication.CreateSlimBuilder(options),
            _ => Empty(options),
        };
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(
            static _ => { }, static app => app.MapGet("/", static (SlowRequest slow) => slow.WorkAsync()), builder);

        // Act
        using HttpResponseMessage answer = await service.GetAcrossTheSignalAsync("/");

        // Assert
        Assert.Equal(SlowRequest.Answer, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await service.AssertLeftAsync(inFlightAtSignal: 1);
    }

    [Fact]
    public async Task HostBuilder_ConfiguresAWebHost_AnswersWhatIsInFlight()
    {
        // Arrange
        var process = new TestProcess();
        IHost host = Host.CreateDefaultBuilder()
            .ConfigureServices(services => process.Host(services))
            .ConfigureWebHostDefaults(static web => web
                .UseUrls("http://127.0.0.1:0")
                .ConfigureServices(static services => services.AddSingleton<SlowRequest>())
                .Configure(static app => app.Run(static async context =>
                    await context.Response.WriteAsync(await context.RequestServices.GetRequiredService<SlowRequest>().WorkAsync())))
                .AddGracefulShutdown(ServiceUnderTest.WithoutAnnounce))
            .Build();
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(host, process);

        // Act
        using HttpResponseMessage answer = await service.GetAcrossTheSignalAsync("/");

        // Assert
        Assert.Equal(SlowRequest.Answer, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await service.AssertLeftAsync(inFlightAtSignal: 1);
    }

    [Fact]
    public async Task HostBuilder_OfAWorker_RunsItsHooksAtTheSignal()
    {
        // Arrange
        var (process, started, released) = (new TestProcess(), Completion.New(), false);
        using IHost host = Host.CreateDefaultBuilder()
            .ConfigureServices(services => process.Host(services))
            .AddGracefulShutdown()
            .ConfigureServices(services => services.AddShutdownHook("ledger", ShutdownPhase.Release, (_, _) => Task.FromResult(released = true)))
            .Build();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(started.SetResult);
        Task<int> run = host.RunGracefullyAsync();
        await started.Task.OrHang();

        // Act
        process.Signals.Raise(ShutdownSignal.Terminate);

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, await run.OrHang());
        Assert.True(released);
    }

    [Fact]
    public void WebHostBuilder_OfBeforeTheGenericHost_IsRefusedInWords()
    {
        // Arrange
#pragma warning disable ASPDEPR004, ASPDEPR008 // what this is about
        IWebHostBuilder builder = new WebHostBuilder().UseKestrel().Configure(static _ => { }).AddGracefulShutdown();

        // Act
        ShutdownConfigurationException refusal = Assert.Throws<ShutdownConfigurationException>(() => builder.Build());
#pragma warning restore ASPDEPR004, ASPDEPR008

        // Assert
        Assert.Contains("Host.CreateDefaultBuilder with ConfigureWebHostDefaults", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoWebApplications_OneSignal_BothAnswerWhatIsInFlight()
    {
        // Arrange
        var process = new TestProcess();
        await using ServiceUnderTest first = await StartAsync(process), second = await StartAsync(process);

        // Act
        using HttpResponseMessage answer = await first.GetAcrossTheSignalAsync("/");

        // Assert
        Assert.Equal(SlowRequest.Answer, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await first.AssertLeftAsync(inFlightAtSignal: 1);
        await second.AssertLeftAsync(inFlightAtSignal: 0);

        static Task<ServiceUnderTest> StartAsync(TestProcess process) => ServiceUnderTest.StartAsync(
            static _ => { }, static app => app.MapGet("/", static (SlowRequest slow) => slow.WorkAsync()), process: process);
    }

    private static WebApplicationBuilder Empty(WebApplicationOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(options);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        return builder;
    }
}
