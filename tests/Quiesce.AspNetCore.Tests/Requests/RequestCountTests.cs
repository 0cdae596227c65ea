using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Requests;

/// <summary>The drain ends if and only if every request that began was counted out again.</summary>
public sealed class RequestCountTests
{
    [Fact]
    public async Task Drain_RequestsEndedInEveryWay_EndsBeforeTheCut()
    {
        var gone = Completion.New();
        await using WebUnderTest web = await WebUnderTest.StartAsync(app =>
        {
            app.MapGet("/", static () => "hello");
            app.MapGet("/nothing", static () => Results.NoContent());
            app.MapGet("/throws", static string () => throw new InvalidOperationException("on purpose"));
            app.MapGet("/hangs", async (CancellationToken requestAborted) =>
            {
                try { await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, requestAborted); }
                finally { gone.SetResult(); }
            });
        });
        foreach (string path in new[] { "/", "/nothing", "/throws", "/unknown" })
        {
            using RawClient client = await web.ConnectAsync();
            await client.GetAsync(path);
        }

        using (RawClient leaver = await web.ConnectAsync()) { await leaver.SendAsync("/hangs"); }

        await gone.Task.OrHang();
        await web.AnnounceAsync();
        web.Time.Advance(TimeSpan.FromSeconds(10));

        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task Drain_ResponseIsStillBeingWritten_WaitsForItsLastByte()
    {
        var (began, finish) = (Completion.New(), Completion.New());
        await using WebUnderTest web = await WebUnderTest.StartAsync(app => app.MapGet("/large", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            began.SetResult();
            await finish.Task;
            await context.Response.WriteAsync("last");
        }));
        using RawClient client = await web.ConnectAsync();
        await client.SendAsync("/large");
        await began.Task.OrHang();

        await web.AnnounceAsync();
        await web.CloseAsync();
        Assert.False(web.Shutdown.Completion.IsCompleted);
        finish.SetResult();

        Assert.Contains("last", await client.ReadAsync(), StringComparison.Ordinal);
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task RequestWork_OutlivesItsRequest_IsWaitedFor()
    {
        var (finish, done) = (Completion.New(), false);
        await using WebUnderTest web = await WebUnderTest.StartAsync(app => app.MapPost("/orders", (RequestWork work) =>
            work.TryRun("confirmation e-mail", async _ =>
            {
                await finish.Task;
                done = true;
            }) ? Results.Accepted() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable)));
        using RawClient client = await web.ConnectAsync();
        Assert.StartsWith("HTTP/1.1 202", await client.GetAsync("/orders", "POST"), StringComparison.Ordinal);

        await web.AnnounceAsync();
        await web.CloseAsync();
        Assert.False(web.Shutdown.Completion.IsCompleted);
        Assert.Equal("confirmation e-mail", Assert.Single(web.Shutdown.Work.Snapshot()).Kind);
        finish.SetResult();

        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        Assert.True(done);
    }
}
