using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.LongLived;

public sealed class EventStreamTests
{
    [Fact]
    public async Task EventStream_IsOpenAtTheClose_DoesNotHoldTheDrainAndCountsAsDrained()
    {
        await using WebUnderTest web = await WebUnderTest.StartAsync(static app => app.MapGet("/events", async (HttpContext context, IHostApplicationLifetime application) =>
        {
            await BeginAsync(context);
            await WaitAsync(application.ApplicationStopping);
        }));
        using RawClient client = await OpenAsync(web);

        await web.AnnounceAsync();
        web.Time.Advance(TimeSpan.FromSeconds(10)); // to the close; the cut is never reached

        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        Assert.Empty((await web.Shutdown.Completion).Abandoned);
    }

    [Fact]
    public async Task EventStream_ObservesOnlyRequestAborted_IsToldAtItsTurnAndEndsWhole()
    {
        await using WebUnderTest web = await WebUnderTest.StartAsync(static app => app.MapGet("/events", async (HttpContext context) =>
        {
            await BeginAsync(context);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted); // throws, as most streams do
        }));
        using RawClient client = await OpenAsync(web);

        await web.AnnounceAsync();
        web.Time.Advance(TimeSpan.FromSeconds(10));

        await client.ReadUntilAsync("0\r\n\r\n"); // the last chunk
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        Assert.Empty((await web.Shutdown.Completion).Abandoned);
    }

    [Fact]
    public async Task EventStream_EndsWhileARequestIsInFlightElsewhere_ItsConnectionEndsRightBehindIt()
    {
        var (began, finish) = (Completion.New(), Completion.New());
        await using WebUnderTest web = await WebUnderTest.StartAsync(app =>
        {
            app.MapGet("/events", async (HttpContext context) =>
            {
                await BeginAsync(context);
                await WaitAsync(context.RequestAborted);
            });
            app.MapGet("/slow", async () =>
            {
                began.SetResult();
                await finish.Task;
                return "done";
            });
        });
        using RawClient client = await OpenAsync(web);
        using RawClient other = await web.ConnectAsync();
        await other.SendAsync("/slow");
        await began.Task.OrHang();

        await web.AnnounceAsync();
        web.Time.Advance(TimeSpan.FromSeconds(10));

        await client.ReadToEndAsync();
        Assert.False(web.Stopping.IsCancellationRequested, "the server's own stop closed the connection");
        finish.SetResult();
        Assert.Contains("done", await other.ReadAsync(), StringComparison.Ordinal);
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task EventStream_AsksForTheGoodbye_SaysItsLastWordsAndEndsWhole()
    {
        await using WebUnderTest web = await WebUnderTest.StartAsync(static app => app.MapGet("/events", async (HttpContext context) =>
        {
            await BeginAsync(context);
            await WaitAsync(context.GoodbyeToken());
            Assert.False(context.RequestAborted.IsCancellationRequested);
            await context.Response.WriteAsync("data: goodbye\n\n", context.RequestAborted);
        }));
        using RawClient client = await OpenAsync(web);

        await web.AnnounceAsync();
        web.Time.Advance(TimeSpan.FromSeconds(10));

        await client.ReadUntilAsync("data: goodbye\n\n\r\n0\r\n\r\n");
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task EventStream_IsToBeCancelled_SeesBothTokensAtItsTurn()
    {
        var cancelled = Completion.New();
        await using WebUnderTest web = await WebUnderTest.StartAsync(app => app.MapGet("/events", async (HttpContext context) =>
        {
            await BeginAsync(context);
            await WaitAsync(context.GoodbyeToken());
            await WaitAsync(context.RequestAborted);
            cancelled.SetResult();
        }).WithLongLived(LongLivedEnd.Cancel));
        using RawClient client = await OpenAsync(web);

        await web.AnnounceAsync();
        web.Time.Advance(TimeSpan.FromSeconds(10)); // to the close; nobody insists yet

        await cancelled.Task.OrHang();
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Theory]
    [InlineData("/by-method")]
    [InlineData("/by-attribute")]
    public async Task EventStream_HasANaturalEnd_IsWaitedForLikeARequest(string path)
    {
        var finish = Completion.New();
        async Task AnswerAsync(HttpContext context)
        {
            await BeginAsync(context);
            await finish.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("data: the answer's end\n\n");
        }

        await using WebUnderTest web = await WebUnderTest.StartAsync(app =>
        {
            app.MapGet("/by-method", (HttpContext context) => AnswerAsync(context)).WithLongLived(LongLivedEnd.Finish);
            app.MapGet("/by-attribute", [LongLived(LongLivedEnd.Finish)] (HttpContext context) => AnswerAsync(context));
        });
        using RawClient client = await OpenAsync(web, path);

        await web.AnnounceAsync();
        await web.CloseAsync();
        await web.Time.WaitForTimerAsync(TimeSpan.FromSeconds(20)).OrHang(); // the cut: the drain is under way
        Assert.False(web.Stopping.IsCancellationRequested, "the host stopped while a finite stream was in flight");
        finish.SetResult();

        await client.ReadUntilAsync("the answer's end");
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task LongPoll_AsksForTheGoodbye_IsAnsweredAndDoesNotHoldTheDrain()
    {
        var began = Completion.New();
        await using WebUnderTest web = await WebUnderTest.StartAsync(app => app.MapGet("/poll", async (HttpContext context) =>
        {
            CancellationToken goodbye = context.GoodbyeToken();
            began.SetResult();
            await WaitAsync(goodbye);
            return Results.NoContent();
        }));
        using RawClient client = await web.ConnectAsync();
        await client.SendAsync("/poll");
        await began.Task.OrHang();

        await web.AnnounceAsync();
        web.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.StartsWith("HTTP/1.1 204", await client.ReadAsync(), StringComparison.Ordinal);
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    private static async Task BeginAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync("data: hello\n\n");
        await context.Response.Body.FlushAsync();
    }

    private static async Task<RawClient> OpenAsync(WebUnderTest web, string path = "/events")
    {
        RawClient client = await web.ConnectAsync();
        await client.SendAsync(path);
        await client.ReadUntilAsync("data: hello");
        return client;
    }

    private static async Task WaitAsync(CancellationToken token) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
