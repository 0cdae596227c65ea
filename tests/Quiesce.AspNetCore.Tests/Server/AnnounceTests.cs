using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Server;

public sealed class AnnounceTests
{
    [Fact]
    public async Task Readiness_AfterTheSignal_Is503WhileLivenessStays200()
    {
        await using WebUnderTest web = await WebUnderTest.StartAsync(static _ => { });
        using RawClient before = await web.ConnectAsync();
        Assert.StartsWith("HTTP/1.1 200", await before.GetAsync("/readyz"), StringComparison.Ordinal);

        await web.AnnounceAsync();

        using RawClient ready = await web.ConnectAsync();
        using RawClient live = await web.ConnectAsync();
        Assert.StartsWith("HTTP/1.1 503", await ready.GetAsync("/readyz"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await live.GetAsync("/livez"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Announce_OldAndNewConnections_AreServedAndToldToClose()
    {
        await using WebUnderTest web = await WebUnderTest.StartAsync(static app => app.MapGet("/", static () => "hello"));
        using RawClient old = await web.ConnectAsync();
        Assert.DoesNotContain("Connection: close", await old.GetAsync("/"), StringComparison.Ordinal);

        await web.AnnounceAsync();

        using RawClient fresh = await web.ConnectAsync();
        foreach (RawClient client in new[] { old, fresh })
        {
            string answer = await client.GetAsync("/");
            Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
            Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Announce_RequestInFlightAtTheSignal_IsAnsweredAndToldToClose()
    {
        var (began, finish) = (Completion.New(), Completion.New());
        await using WebUnderTest web = await WebUnderTest.StartAsync(app => app.MapGet("/slow", async () =>
        {
            began.SetResult();
            await finish.Task;
            return "done";
        }));
        using RawClient client = await web.ConnectAsync();
        await client.SendAsync("/slow");
        await began.Task.OrHang();

        await web.AnnounceAsync();
        finish.SetResult();

        string answer = await client.ReadAsync();
        Assert.Contains("done", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ServerAnnounces_SaysForHowLong()
    {
        await using WebUnderTest web = await WebUnderTest.StartAsync(static app => app.MapGet("/", static () => "hello"));

        await web.Process.Logs.Lines.ContainingAsync("it announces for up to 10 s, cancels work after 20 s, is done after 27 s.");
    }

    [Fact]
    public async Task Announce_HookStillDeregisters_GoesOnUntilItHas()
    {
        var deregistered = Completion.New();
        await using WebUnderTest web = await WebUnderTest.StartAsync(
            static app => app.MapGet("/", static () => "hello"),
            builder => builder.Services.AddShutdownHook("registry", ShutdownPhase.StopAccepting, (_, _) => deregistered.Task, limit: TimeSpan.FromSeconds(15)));

        int port = web.Port;
        await web.AnnounceAsync();
        web.Time.Advance(TimeSpan.FromSeconds(10));
        await web.Process.Logs.Lines.ContainingAsync("Serving on until every other source has stopped");

        using RawClient fresh = await web.ConnectAsync();
        Assert.StartsWith("HTTP/1.1 200", await fresh.GetAsync("/"), StringComparison.Ordinal);
        deregistered.SetResult();
        await web.Process.Logs.Lines.ContainingAsync("Listeners closed: 1");
        await Assert.ThrowsAsync<SocketException>(() => RawClient.ConnectAsync(port));
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task Announce_RequestThrowsUnhandled_IsAnswered500AndToldToClose()
    {
        await using WebUnderTest web = await WebUnderTest.StartAsync(static app =>
            app.MapGet("/throws", static string () => throw new InvalidOperationException("on purpose")));
        using RawClient client = await web.ConnectAsync();

        await web.AnnounceAsync();

        string answer = await client.GetAsync("/throws");
        Assert.StartsWith("HTTP/1.1 500", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Close_SilentConnection_IsStillServedWhileNewOnesAreRefused()
    {
        var (began, finish) = (Completion.New(), Completion.New());
        await using WebUnderTest web = await WebUnderTest.StartAsync(app =>
        {
            app.MapGet("/", static () => "hello");
            app.MapGet("/slow", async () =>
            {
                began.SetResult();
                await finish.Task;
            });
        });
        using RawClient silent = await web.ConnectAsync();
        await silent.GetAsync("/");
        using RawClient slow = await web.ConnectAsync();
        await slow.SendAsync("/slow");
        await began.Task.OrHang();

        await web.AnnounceAsync();
        await web.CloseAsync();

        SocketException refused = await Assert.ThrowsAsync<SocketException>(web.ConnectAsync);
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        string answer = await silent.GetAsync("/");
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.False(web.Stopping.IsCancellationRequested, "the host stopped while a request was in flight");

        finish.SetResult();
        Assert.StartsWith("HTTP/1.1 200", await slow.ReadAsync(), StringComparison.Ordinal);
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }
}
