using Microsoft.AspNetCore.Builder;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Requests;

public sealed class RequestWorkTests
{
    [Fact]
    public async Task TryRun_WhileDraining_IsAdmittedAndWaitedForAsLongAsItsRequestLives()
    {
        var (finishRequest, finishOther, finishWork) = (Completion.New(), Completion.New(), Completion.New());
        var (captured, otherBegan) = (Completion.New<RequestWork>(), Completion.New());
        await using WebUnderTest web = await WebUnderTest.StartAsync(app =>
        {
            app.MapGet("/", async (RequestWork work) =>
            {
                captured.SetResult(work);
                await finishRequest.Task;
            });
            app.MapGet("/other", async () =>
            {
                otherBegan.SetResult();
                await finishOther.Task;
            });
        });
        using RawClient client = await web.ConnectAsync();
        await client.SendAsync("/");
        RequestWork work = await captured.Task.OrHang();
        using RawClient other = await web.ConnectAsync(); // keeps the drain going when the first request has ended
        await other.SendAsync("/other");
        await otherBegan.Task.OrHang();
        await web.AnnounceAsync();
        await web.CloseAsync();

        bool duringRequest = work.TryRun("e-mail", _ => finishWork.Task);
        finishRequest.SetResult();
        await client.ReadToEndAsync();
        bool afterRequest = work.TryRun("late e-mail", static _ => Task.CompletedTask);

        Assert.True(duringRequest);
        Assert.False(afterRequest);
        finishOther.SetResult();
        await other.ReadToEndAsync();
        Assert.Equal(0, web.RequestsInFlight);
        Assert.False(web.Stopping.IsCancellationRequested, "the drain did not wait for the work");
        Assert.Equal("e-mail", Assert.Single(web.Shutdown.Work.Snapshot()).Kind);
        finishWork.SetResult();
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }
}
