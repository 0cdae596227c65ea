using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Quiesce.AspNetCore.Requests;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Requests;

/// <summary>Pooled requests are never given to two, and none is lost, whatever clients do.</summary>
[Trait("Size", "Full")]
public sealed class RequestStressTests
{
    private const int Clients = 24;
    private const int RequestsPerClient = 200;

    private readonly ConcurrentDictionary<TrackedRequest, string> _inUse = new();
    private readonly ConcurrentQueue<string> _mistakes = new();

    [Fact]
    public async Task Requests_ManyOnKeepAliveConnectionsWithRandomAborts_AreNeverMixedUpAndAllEnd()
    {
        await using WebUnderTest web = await WebUnderTest.StartAsync(app =>
        {
            app.MapGet("/a", context => ServeAsync(context, "GET /a"));
            app.MapPost("/b", context => ServeAsync(context, "POST /b"));
            app.MapGet("/left", LeaveAsync);
        },
        static builder => builder.Configuration["GracefulShutdown:Announce:Maximum"] = "00:00:00");

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(seed => Task.Run(() => RunClientAsync(web, new Random(seed))))).OrHang();

        web.Terminate();
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        Assert.Empty(_mistakes);
        Assert.Equal(0, web.RequestsInFlight);
    }

    private static async Task RunClientAsync(WebUnderTest web, Random random)
    {
        RawClient client = await web.ConnectAsync();
        for (int i = 0; i < RequestsPerClient; i++)
        {
            switch (random.Next(10))
            {
                case 0: // leaves a request that waits for just that
                    await client.SendAsync("/left");
                    goto case 1;
                case 1: // leaves between, or in the middle of, two requests
                    client.Dispose();
                    client = await web.ConnectAsync();
                    break;
                case < 6:
                    Assert.EndsWith("GET /a", await client.GetAsync("/a"), StringComparison.Ordinal);
                    break;
                default:
                    Assert.EndsWith("POST /b", await client.GetAsync("/b", "POST"), StringComparison.Ordinal);
                    break;
            }
        }

        client.Dispose();
    }

    /// <summary>A request whose client stays: everything about it must be its own, and nobody may cancel it.</summary>
    private async Task ServeAsync(HttpContext context, string kind)
    {
        TrackedRequest request = TrackedRequest.Of(context)!;
        Check(_inUse.TryAdd(request, kind), $"{kind} shares its record");
        await Task.Yield();
        Check(TrackedRequest.Of(context) == request && request.Lease.IsAlive, $"{kind} lost its lease");
        Check(request.Kind == kind, $"{kind} is called {request.Kind}");
        Check(!context.RequestAborted.IsCancellationRequested, $"{kind} was cancelled for another request");
        _inUse.TryRemove(request, out _);
        context.Response.ContentLength = kind.Length;
        await context.Response.WriteAsync(kind);
    }

    private async Task LeaveAsync(HttpContext context)
    {
        TrackedRequest request = TrackedRequest.Of(context)!;
        Check(_inUse.TryAdd(request, "left"), "a request that was left shares its record");
        var left = Completion.New();
        context.RequestAborted.Register(left.SetResult);
        await left.Task;
        _inUse.TryRemove(request, out _);
    }

    private void Check(bool holds, string mistake)
    {
        if (!holds) { _mistakes.Enqueue(mistake); }
    }
}
