using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.LongLived;

/// <summary>A stream of HTTP/2 whose request and response go on side by side, as those of gRPC do.</summary>
public sealed class TwoWayStreamTests
{
    [Fact]
    public async Task Stream_TalksInBothDirectionsAndAsksForTheGoodbye_EndsWithItsLastWordsAndDoesNotHoldTheDrain()
    {
        await using WebUnderTest web = await WebUnderTest.StartAsync(
            static app => app.MapPost("/chat", EchoUntilGoodbyeAsync),
            static builder => builder.WebHost.ConfigureKestrel(static kestrel => kestrel.ConfigureEndpointDefaults(static endpoint => endpoint.Protocols = HttpProtocols.Http2)));
        using Http2Client client = await Http2Client.ConnectAsync(web.Port);
        await client.BeginPostAsync(stream: 1, "/chat");
        await client.SendAsync(stream: 1, "ping");
        Assert.Equal("ping", await client.ReadDataAsync());

        await web.AnnounceAsync();
        await client.SendAsync(stream: 1, "pong"); // it is served on, both ways
        Assert.Equal("pong", await client.ReadDataAsync());
        await web.CloseAsync();

        Assert.Equal("good-bye", await client.ReadDataAsync());
        await client.SendAsync(stream: 1, "", isLast: true); // or Kestrel waits five seconds for the rest of the request
        client.Dispose(); // as clients do that have heard GOAWAY: one that does not may hold the server's stop, and this clock stands
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean); // the clock stands: the cut is never reached
        Assert.Empty((await web.Shutdown.Completion).Abandoned);
    }

    private static async Task EchoUntilGoodbyeAsync(HttpContext context)
    {
        CancellationToken goodbye = context.GoodbyeToken();
        try
        {
            while (true)
            {
                ReadResult read = await context.Request.BodyReader.ReadAsync(goodbye);
                foreach (ReadOnlyMemory<byte> part in read.Buffer) { await context.Response.Body.WriteAsync(part, CancellationToken.None); }

                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            }
        }
        catch (OperationCanceledException) when (goodbye.IsCancellationRequested)
        {
            await context.Response.WriteAsync("good-bye", CancellationToken.None);
        }
    }
}
