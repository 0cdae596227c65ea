using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Quiesce.AspNetCore.Announcing;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Health;

/// <summary>Readiness as one of the application's own health checks.</summary>
public sealed class HealthCheckTests
{
    private static readonly IPAddress _balancer = IPAddress.Parse("127.0.0.2");

    [Theory]
    [InlineData("Fail", null, "503", "Unhealthy")]
    [InlineData("NotFound", null, "503", "Unhealthy")]
    [InlineData("Fail", HealthStatus.Degraded, "200", "Degraded")]
    [InlineData("Pass", null, "200", "Healthy")]
    public async Task Check_AfterTheSignal_SaysWhatTheOptionsSay(string readiness, HealthStatus? failureStatus, string status, string text)
    {
        await using WebUnderTest web = await StartAsync(builder =>
        {
            builder.Configuration["GracefulShutdown:Announce:Readiness"] = readiness;
            builder.Services.AddHealthChecks().AddGracefulShutdown(failureStatus: failureStatus);
        });
        await AskAsync(web, "200", "Healthy");

        await web.AnnounceAsync();

        await AskAsync(web, status, text);
    }

    [Fact]
    public async Task Announce_EveryBalancerHasSeenTheCheckFailThreeTimes_Ends()
    {
        await using WebUnderTest web = await StartAsync(static builder => builder.Services.AddHealthChecks().AddGracefulShutdown());
        using (RawClient client = await web.ConnectAsync()) { await client.GetAsync("/"); }

        await AskAsync(web, "200", "Healthy");
        await web.AnnounceAsync();
        for (int i = 0; i < 3; i++) { await AskAsync(web, "503", "Unhealthy"); }

        await web.Time.WaitForTimerAsync(TimeSpan.FromSeconds(0.25)).OrHang();
        web.Time.Advance(TimeSpan.FromSeconds(0.25));
        await web.Process.Logs.Lines.ContainingAsync("The announce ended after 0.25 s: every balancer that checks has seen 'not ready' 3 times.");
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task Check_OnlyProbesWereThereForAMinute_AreNoClients()
    {
        await using WebUnderTest web = await StartAsync(static builder => builder.Services.AddHealthChecks().AddGracefulShutdown());
        web.Time.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(web, "200", "Healthy");

        web.Terminate();

        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        ShutdownReport report = await web.Shutdown.Completion;
        Assert.Contains("no announce: nobody is connected, and nobody was for a minute", report.Participants.SelectMany(static participant => participant.Notes));
    }

    [Fact]
    public async Task Check_BalancersHearItAsReady_IsNoEvidence()
    {
        await using WebUnderTest web = await StartAsync(static builder => builder.Services.AddHealthChecks().AddGracefulShutdown(failureStatus: HealthStatus.Degraded));
        using (RawClient client = await web.ConnectAsync()) { await client.GetAsync("/"); }

        await web.AnnounceAsync();
        for (int i = 0; i < 3; i++) { await AskAsync(web, "200", "Degraded"); }

        Assert.False(web.Services.GetRequiredService<ReadinessChecks>().SeenEnough.IsCompleted);
    }

    [Fact]
    public async Task Check_OneRequestRunsItTwice_IsOneQuestion()
    {
        await using WebUnderTest web = await StartAsync(static builder => builder.Services.AddHealthChecks().AddGracefulShutdown().AddGracefulShutdown("again"));
        using (RawClient client = await web.ConnectAsync()) { await client.GetAsync("/"); }

        await web.AnnounceAsync();
        for (int i = 0; i < 2; i++) { await AskAsync(web, "503", "Unhealthy"); }

        Assert.False(web.Services.GetRequiredService<ReadinessChecks>().SeenEnough.IsCompleted);
        await AskAsync(web, "503", "Unhealthy");
        Assert.True(web.Services.GetRequiredService<ReadinessChecks>().SeenEnough.IsCompleted);
    }

    [Fact]
    public async Task Check_RunByAPublisher_TellsNobody()
    {
        await using WebUnderTest web = await StartAsync(static builder => builder.Services.AddHealthChecks().AddGracefulShutdown());
        using (RawClient client = await web.ConnectAsync()) { await client.GetAsync("/"); }

        await web.AnnounceAsync();
        for (int i = 0; i < 3; i++)
        {
            HealthReport report = await web.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken).OrHang();
            Assert.Equal(HealthStatus.Unhealthy, report.Status);
        }

        Assert.False(web.Services.GetRequiredService<ReadinessChecks>().SeenEnough.IsCompleted);
    }

    [Fact]
    public async Task Check_IsChosenByItsTag()
    {
        await using WebUnderTest web = await WebUnderTest.StartAsync(
            static app => app.MapHealthChecks("/live", new HealthCheckOptions { Predicate = static check => !check.Tags.Contains("ready") }),
            static builder => builder.Services.AddHealthChecks().AddGracefulShutdown());

        await web.AnnounceAsync();

        using RawClient probe = await web.ConnectAsync();
        Assert.StartsWith("HTTP/1.1 200", await probe.GetAsync("/live"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ApplicationHasNoGracefulShutdown_IsRefusedInWords()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddHealthChecks().AddGracefulShutdown();
        await using WebApplication application = builder.Build();

        OptionsValidationException refused = await Assert.ThrowsAsync<OptionsValidationException>(() => application.StartAsync(TestContext.Current.CancellationToken).OrHang());

        Assert.Contains("needs AddGracefulShutdown on the application's builder", refused.Message, StringComparison.Ordinal);
    }

    private static Task<WebUnderTest> StartAsync(Action<WebApplicationBuilder> configure) => WebUnderTest.StartAsync(
        static app =>
        {
            app.MapGet("/", static () => "hello");
            app.MapHealthChecks("/health");
        },
        configure);

    private static async Task AskAsync(WebUnderTest web, string status, string text)
    {
        using RawClient probe = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, web.Port), _balancer);
        string answer = await probe.GetAsync("/health");
        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
        Assert.Contains(text, answer, StringComparison.Ordinal);
    }
}
