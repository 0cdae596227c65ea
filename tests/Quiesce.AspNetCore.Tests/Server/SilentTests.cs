using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Server;

/// <summary>Connections on which nothing is in flight when the drain ends.</summary>
public sealed class SilentTests
{
    [Fact]
    public async Task Silent_AreSeveral_AreClosedOneAfterTheOther()
    {
        await using WebUnderTest web = await StartAsync();
        RawClient[] clients = [await ConnectAsync(web), await ConnectAsync(web), await ConnectAsync(web)];
        Task[] ends = [.. clients.Select(static client => client.ReadToEndAsync())];

        await web.AnnounceAsync();
        await web.CloseAsync();

        for (int closed = 1; closed <= clients.Length; closed++)
        {
            await web.Time.WaitForTimerAsync(TimeSpan.FromSeconds(10 + (closed * 1.1))).OrHang();
            Assert.False(ends[closed - 1].IsCompleted);
            web.Time.Advance(TimeSpan.FromSeconds(1.1));
            await ends[closed - 1].OrHang(); // the oldest first
        }

        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        foreach (RawClient client in clients) { client.Dispose(); }
    }

    [Fact]
    public async Task Silent_SpeaksBeforeItsTurn_IsServedAndToldToClose()
    {
        await using WebUnderTest web = await StartAsync();
        using RawClient client = await ConnectAsync(web);

        await web.AnnounceAsync();
        await web.CloseAsync();
        await web.Time.WaitForTimerAsync(TimeSpan.FromSeconds(13.3)).OrHang();
        string answer = await client.GetAsync("/");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean); // nobody lingers any more, and the clock stands
    }

    [Theory]
    [InlineData("/events")]
    [InlineData("/poll")]
    public async Task Silent_SomethingLongLivedHasEndedOnIt_IsClosedAtItsTurnAllTheSame(string path)
    {
        await using WebUnderTest web = await StartAsync();
        using RawClient client = await web.ConnectAsync();
        await client.GetAsync(path);
        Task end = client.ReadToEndAsync();

        await web.AnnounceAsync();
        await web.CloseAsync();
        await web.Time.WaitForTimerAsync(TimeSpan.FromSeconds(13.3)).OrHang();
        Assert.False(end.IsCompleted, "it was closed without a turn");
        web.Time.Advance(TimeSpan.FromSeconds(3.3));

        await end.OrHang();
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    private static Task<WebUnderTest> StartAsync() => WebUnderTest.StartAsync(
        static app =>
        {
            app.MapGet("/", static () => "hello");
            app.MapGet("/events", static () => TypedResults.Text("data: all there is\n\n", "text/event-stream"));
            app.MapGet("/poll", static (HttpContext context) => context.GoodbyeToken().IsCancellationRequested);
        },
        static builder => builder.Configuration["GracefulShutdown:Announce:Linger"] = "00:00:03.3");

    private static async Task<RawClient> ConnectAsync(WebUnderTest web)
    {
        RawClient client = await web.ConnectAsync();
        await client.GetAsync("/");
        return client;
    }
}
