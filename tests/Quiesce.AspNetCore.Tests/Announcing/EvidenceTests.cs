using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Announcing;

public sealed class EvidenceTests
{
    private static readonly IPAddress _oneBalancer = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress _otherBalancer = IPAddress.Parse("127.0.0.3");

    [Fact]
    public async Task Announce_NewConnectionsStop_EndsAfterTheSilenceThatTheirRateAsksFor()
    {
        await using WebUnderTest web = await StartAsync();
        await ConnectAsync(web, count: 100); // within the 10 s that are looked at at least: 10 a second, so 1.4 s of silence

        await web.AnnounceAsync(until: Seconds(1.4));
        web.Time.Advance(Seconds(1));
        await ConnectAsync(web, count: 1);
        web.Time.Advance(Seconds(0.4));
        await web.Time.WaitForTimerAsync(Seconds(2.4)).OrHang(); // it has seen that one
        web.Time.Advance(Seconds(1));

        await web.Process.Logs.Lines.ContainingAsync("The announce ended after 2.4 s: no new connection for 1.4 s.");
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task Announce_OnlyProbesStillConnect_EndsAllTheSame()
    {
        await using WebUnderTest web = await StartAsync();
        await ConnectAsync(web, count: 100);

        await web.AnnounceAsync(until: Seconds(1.4));
        web.Time.Advance(Seconds(1));
        await AskAsync(web, _oneBalancer, "503");
        web.Time.Advance(Seconds(0.4));

        await web.Process.Logs.Lines.ContainingAsync("The announce ended after 1.4 s: no new connection for 1.4 s.");
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task Announce_ServiceIsQuiet_LearnsNothingFromSilenceAndWaitsForTheMaximum()
    {
        await using WebUnderTest web = await StartAsync();
        await ConnectAsync(web, count: 1);

        await web.AnnounceAsync(until: Seconds(10));
        await web.Process.Logs.Lines.ContainingAsync("too few to learn anything from a silence");
        web.Time.Advance(Seconds(10));

        await web.Process.Logs.Lines.ContainingAsync("The announce ended after 10.0 s: it was at its maximum, 10.0 s after the last new connection.");
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task Announce_EveryBalancerHasSeenNotReadyThreeTimes_Ends()
    {
        await using WebUnderTest web = await StartAsync();
        await ConnectAsync(web, count: 1);
        foreach (IPAddress balancer in new[] { _oneBalancer, _otherBalancer }) { await AskAsync(web, balancer, "200"); }

        await web.AnnounceAsync(until: Seconds(10));
        for (int i = 0; i < 3; i++) { await AskAsync(web, _oneBalancer, "503"); }

        Assert.DoesNotContain("The announce ended", web.Process.Logs.Lines.All, StringComparison.Ordinal);
        for (int i = 0; i < 3; i++) { await AskAsync(web, _otherBalancer, "503"); }

        await web.Time.WaitForTimerAsync(Seconds(0.25)).OrHang(); // the last one still acts on it
        web.Time.Advance(Seconds(0.25));

        await web.Process.Logs.Lines.ContainingAsync("The announce ended after 0.25 s: every balancer that checks has seen 'not ready' 3 times.");
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task Announce_NobodyWasConnectedForAMinute_IsSkipped()
    {
        await using WebUnderTest web = await StartAsync();
        await AskAsync(web, _oneBalancer, "200");
        web.Time.Advance(TimeSpan.FromMinutes(1));

        web.Terminate();

        await AssertSkippedAsync(web, "no announce: nobody is connected, and nobody was for a minute");
    }

    [Fact]
    public async Task Announce_EveryListenerIsInherited_IsSkipped()
    {
        using var inherited = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        inherited.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        inherited.Listen();
        ulong descriptor = (ulong)NativeMethods.Duplicate((int)inherited.Handle);
        await using WebUnderTest web = await StartAsync(builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenHandle(descriptor)));

        web.Terminate();

        await AssertSkippedAsync(web, "no announce: every listener is inherited, and its queue outlives this process");
    }

    [Fact]
    public async Task Announce_HostIsStoppedByItsOwnCode_IsSkipped()
    {
        await using WebUnderTest web = await StartAsync();
        await ConnectAsync(web, count: 1);

        web.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await AssertSkippedAsync(web, "no announce: the host was stopped by its own code, and the server with it");
    }

    [Theory]
    [InlineData("GracefulShutdown:Announce:Maximum", "00:00:00", "it is switched off")]
    [InlineData("Environment", "Development", "this is Development")]
    public async Task Announce_IsNotWanted_IsSkipped(string key, string value, string why)
    {
        await using WebUnderTest web = await StartAsync(builder =>
        {
            if (key == "Environment") { builder.Services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = value }); }
            else { builder.Configuration[key] = value; }
        });
        await ConnectAsync(web, count: 1);

        web.Terminate();

        await AssertSkippedAsync(web, "no announce: " + why);
    }

    [Theory]
    [InlineData("Fail", "503")]
    [InlineData("Pass", "200")]
    [InlineData("NotFound", "404")]
    public async Task Readiness_IsAnOption_AnswersSoFromTheSignalOn(string readiness, string status)
    {
        await using WebUnderTest web = await StartAsync(builder => builder.Configuration["GracefulShutdown:Announce:Readiness"] = readiness);
        await AskAsync(web, _oneBalancer, "200");

        await web.AnnounceAsync();

        await AskAsync(web, _oneBalancer, status);
    }

    private static Task<WebUnderTest> StartAsync(Action<WebApplicationBuilder>? configure = null) =>
        WebUnderTest.StartAsync(static app => app.MapGet("/", static () => "hello"), configure);

    private static async Task ConnectAsync(WebUnderTest web, int count)
    {
        for (int i = 0; i < count; i++)
        {
            using RawClient client = await web.ConnectAsync();
            Assert.StartsWith("HTTP/1.1 200", await client.GetAsync("/"), StringComparison.Ordinal);
        }
    }

    private static async Task AskAsync(WebUnderTest web, IPAddress from, string status)
    {
        using RawClient client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, web.Port), from);
        Assert.StartsWith($"HTTP/1.1 {status}", await client.GetAsync("/readyz"), StringComparison.Ordinal);
    }

    private static async Task AssertSkippedAsync(WebUnderTest web, string why)
    {
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        ShutdownReport report = await web.Shutdown.Completion;
        Assert.Contains(why, report.Participants.SelectMany(static participant => participant.Notes));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
