using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Quiesce.AspNetCore.Requests;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Requests;

/// <summary><c>RequestAborted</c> is the server's and ours; ours is held by <see cref="Server.CutTests"/>.</summary>
public sealed class RequestAbortedTests
{
    [Fact]
    public async Task RequestAborted_ClientDisconnects_IsCancelledWithoutAnyShutdown()
    {
        var (began, gone) = (Completion.New(), Completion.New());
        await using WebUnderTest web = await WebUnderTest.StartAsync(app => app.MapGet("/", async (HttpContext context) =>
        {
            context.RequestAborted.Register(gone.SetResult);
            began.SetResult();
            await gone.Task;
        }));
        using (RawClient client = await web.ConnectAsync())
        {
            await client.SendAsync("/");
            await began.Task.OrHang();
        }

        await gone.Task.OrHang();

        Assert.False(web.Shutdown.Aborting.IsCancellationRequested);
    }

    [Fact]
    public async Task Lifetime_AMiddlewarePutsItsOwnInFront_EachRequestStillFindsItself()
    {
        var (bothBegan, release) = (new CountdownEvent(2), Completion.New());
        await using WebUnderTest web = await WebUnderTest.StartAsync(app =>
        {
            app.Use((context, next) =>
            {
                context.Features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature());
                return next(context);
            });
            app.MapGet("/{name}", async (HttpContext context) =>
            {
                bothBegan.Signal();
                await release.Task;
                TrackedRequest? request = TrackedRequest.Of(context);
                return $"{request?.Is(context)}, {request?.Lease.IsAlive}";
            });
        });
        using RawClient first = await web.ConnectAsync();
        using RawClient second = await web.ConnectAsync();
        Task<string>[] answers = [first.GetAsync("/a"), second.GetAsync("/b")];
        await Task.Run(() => bothBegan.Wait(TestTimeouts.Hang), TestContext.Current.CancellationToken);

        release.SetResult();

        Assert.All(await Task.WhenAll(answers), static answer => Assert.Contains("True, True", answer, StringComparison.Ordinal));
        bothBegan.Dispose();
    }

    [Fact]
    public async Task Abort_ByTheApplication_EndsTheConnectionAndTheToken()
    {
        var cancelled = Completion.New();
        await using WebUnderTest web = await WebUnderTest.StartAsync(app => app.MapGet("/", async (HttpContext context) =>
        {
            context.RequestAborted.Register(cancelled.SetResult);
            context.Abort();
            await cancelled.Task;
        }));
        using RawClient client = await web.ConnectAsync();
        await client.SendAsync("/");

        await client.ReadToEndAsync();

        await cancelled.Task.OrHang();
    }
}
