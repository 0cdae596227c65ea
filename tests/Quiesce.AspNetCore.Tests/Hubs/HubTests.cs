using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Hubs;

/// <summary>SignalR without its client: HTTP as it is. What the client makes of it is in Compatibility.Tests.</summary>
public sealed class HubTests
{
    private readonly TaskCompletionSource _began = Completion.New();
    private readonly TaskCompletionSource _finish = Completion.New();

    [Fact]
    public async Task Negotiation_ComesAfterTheClose_IsRefusedAsRetryable()
    {
        await using WebUnderTest web = await WebUnderTest.StartAsync(
            app =>
            {
                app.MapHub<EmptyHub>("/hub");
                app.MapGet("/slow", async () =>
                {
                    _began.SetResult();
                    await _finish.Task;
                });
            },
            static builder => builder.Services.AddSignalR());
        using RawClient before = await web.ConnectAsync();
        using RawClient old = await web.ConnectAsync();
        using RawClient slow = await web.ConnectAsync();
        await slow.SendAsync("/slow"); // keeps the server serving
        await _began.Task.OrHang();

        await web.AnnounceAsync();
        Assert.StartsWith("HTTP/1.1 200", await before.GetAsync("/hub/negotiate?negotiateVersion=1", "POST"), StringComparison.Ordinal);
        await web.CloseAsync();
        string answer = await old.GetAsync("/hub/negotiate?negotiateVersion=1", "POST");

        Assert.StartsWith("HTTP/1.1 503", answer, StringComparison.Ordinal);
        Assert.Contains("Retry-After", answer, StringComparison.Ordinal);
        _finish.SetResult();
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    private sealed class EmptyHub : Hub;
}
