using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Compatibility.Tests.Browsers;

/// <summary>What a page in a real browser sees when its service leaves.</summary>
public sealed class ChromiumTests
{
    /// <summary>Shows what it sees, tells it to the next instance, and goes on there: what a balancer would bring about.</summary>
    private const string Page = """
        <!doctype html><title>Orders</title><pre id="seen"></pre><script>
        const next = new URLSearchParams(location.search).get('next');
        const say = (host, what) => {
          const text = `${host === next ? 'next' : 'first'} ${what}`;
          document.getElementById('seen').textContent += text + '\n';
          fetch(`http://${next}/seen?text=${encodeURIComponent(text)}`, { mode: 'no-cors' });
        };
        const openSocket = host => {
          const socket = new WebSocket(`ws://${host}/ws`);
          socket.onopen = () => say(host, 'socket open');
          socket.onclose = end => { say(host, `socket closed ${end.code} ${end.wasClean ? 'clean' : 'broken'}`); if (host !== next) openSocket(next); };
        };
        const openEvents = host => {
          const events = new EventSource(`http://${host}/events`);
          let last = 'nothing';
          events.onopen = () => say(host, 'events open');
          events.addEventListener('goodbye', () => last = 'goodbye');
          events.onerror = () => { events.close(); say(host, `events ended after ${last}`); if (host !== next) openEvents(next); };
        };
        openSocket(location.host);
        openEvents(location.host);
        </script>
        """;

    private readonly Lines _seen = new();

    [Fact]
    [Trait("Size", "Full")]
    public async Task Page_ItsServiceLeaves_SeesWebSocketAndEventsEndWellAndGoesOnElsewhere()
    {
        // Arrange
        await using ServiceUnderTest next = await StartAsync();
        await using ServiceUnderTest first = await StartAsync();
        await using Chromium browser = await Chromium.OpenAsync(new Uri(first.Client.BaseAddress!, $"/page?next={next.Client.BaseAddress!.Authority}"));
        await SeenAsync(browser, "first socket open");
        await SeenAsync(browser, "first events open");

        // Act
        first.Process.Signals.Raise(ShutdownSignal.Terminate);

        // Assert
        await SeenAsync(browser, "first socket closed 1001 clean");
        await SeenAsync(browser, "first events ended after goodbye");
        await SeenAsync(browser, "next socket open");
        await SeenAsync(browser, "next events open");
        Assert.Equal(ShutdownExitCode.Clean, await first.ExitCode.OrHang());
        Assert.Empty((await first.Shutdown.Completion).Abandoned);
    }

    private async Task SeenAsync(Chromium browser, string text)
    {
        try { await _seen.ContainingAsync(text); }
        catch (TimeoutException) { Assert.Fail($"The page did not say '{text}'. It said:\n{_seen.All}\nThe browser:\n{browser.Output.All}"); }
    }

    private Task<ServiceUnderTest> StartAsync() => ServiceUnderTest.StartAsync(static _ => { }, app =>
    {
        app.UseWebSockets();
        app.MapGet("/page", static () => TypedResults.Text(Page, "text/html"));
        app.MapGet("/seen", (string text) => _seen.Add(text));
        app.Map("/ws", async (HttpContext context) =>
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            byte[] buffer = new byte[64];
            while ((await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted)).MessageType != WebSocketMessageType.Close) { }
        });
        app.MapGet("/events", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.AccessControlAllowOrigin = "*";
            await context.Response.WriteAsync("data: hello\n\n", context.RequestAborted);
            var goodbye = Completion.New();
            await using CancellationTokenRegistration registration = context.GoodbyeToken().Register(goodbye.SetResult);
            await goodbye.Task;
            await context.Response.WriteAsync("event: goodbye\ndata: bye\n\n", context.RequestAborted);
        });
    });
}
