using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Server;

public sealed class LongLivedTests
{
    [Fact]
    public async Task EventStream_IsOpenAtTheClose_DoesNotHoldTheDrainAndCountsAsDrained()
    {
        await using WebUnderTest web = await WebUnderTest.StartAsync(static app => app.MapGet("/events", async (HttpContext context, IHostApplicationLifetime application) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: hello\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, application.ApplicationStopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }));
        using RawClient client = await web.ConnectAsync();
        await client.SendAsync("/events");
        await client.ReadUntilAsync("data: hello");

        await web.AnnounceAsync();
        web.Time.Advance(TimeSpan.FromSeconds(10)); // to the close; the cut is never reached

        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        Assert.Empty((await web.Shutdown.Completion).Abandoned);
    }

    [Fact]
    public async Task EventStream_ObservesOnlyRequestAborted_IsCancelledInsideTheServersShareAndCountsAsDrained()
    {
        await using WebUnderTest web = await WebUnderTest.StartAsync(static app => app.MapGet("/events", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: hello\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await context.Response.WriteAsync("data: goodbye\n\n", CancellationToken.None);
        }));
        using RawClient client = await web.ConnectAsync();
        await client.SendAsync("/events");
        await client.ReadUntilAsync("data: hello");

        await web.AnnounceAsync();
        await web.CancelLongLivedAsync();

        await client.ReadUntilAsync("data: goodbye"); // it was told while its connection was still whole
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        Assert.Empty((await web.Shutdown.Completion).Abandoned);
    }
}
