using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Server;

public sealed class CutTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cut_RequestObservesItsToken_IsAnswered503AndNamedByItsRoute(bool withExceptionHandler)
    {
        var began = Completion.New();
        await using WebUnderTest web = await WebUnderTest.StartAsync(app =>
        {
            // The handler turns a cancelled request into 499, which no client asked for.
            if (withExceptionHandler) { app.UseExceptionHandler(static _ => { }); }

            app.MapGet("/export/{id}", async (string id, CancellationToken requestAborted) =>
            {
                began.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, requestAborted);
                return id;
            });
        });
        using RawClient client = await web.ConnectAsync();
        await client.SendAsync("/export/secret-4711");
        await began.Task.OrHang();

        await web.AnnounceAsync();
        await web.CloseAsync();
        await web.CutAsync();

        string answer = await client.ReadAsync();
        Assert.StartsWith("HTTP/1.1 503", answer, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 1", answer, StringComparison.Ordinal);
        ShutdownReport report = await web.Shutdown.Completion.OrHang();
        AbandonedWork unit = Assert.Single(report.Abandoned);
        Assert.Equal("GET /export/{id}", unit.Kind);
        Assert.Equal(TimeSpan.FromSeconds(20), unit.Age);
        Assert.True(unit.Ended);
        await web.AssertExitCodeAsync(ShutdownExitCode.WorkAbandoned);
        Assert.DoesNotContain("4711", string.Join('\n', web.Process.Logs.Lines.Snapshot().Where(static line => line.Contains("Shut down", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cut_RequestReplacedItsToken_KeepsItsOwn()
    {
        var began = Completion.New<bool>();
        await using WebUnderTest web = await WebUnderTest.StartAsync(app => app.MapGet("/", (HttpContext context) =>
        {
            using var mine = new CancellationTokenSource();
            context.RequestAborted = mine.Token;
            began.SetResult(context.RequestAborted == mine.Token);
        }));
        using RawClient client = await web.ConnectAsync();

        await client.GetAsync("/");

        Assert.True(await began.Task.OrHang());
    }
}
