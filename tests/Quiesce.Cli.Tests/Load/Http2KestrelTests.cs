using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Readiness;
using Quiesce.Cli.Rehearse.Wire.Http2;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

/// <summary>The same against a server that nobody of us wrote.</summary>
public sealed class Http2KestrelTests : IDisposable
{
    private readonly SenderRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Send_UploadAndDownload_AreWhole()
    {
        // Arrange: more than any window, so that both sides have to allow more.
        const int Bytes = 3_000_000;
        long uploaded = 0;
        await using KestrelServer server = await StartAsync(async context =>
        {
            byte[] part = new byte[64 * 1024];
            for (int read; (read = await context.Request.Body.ReadAsync(part)) > 0;) { uploaded += read; }
            await context.Response.Body.WriteAsync(new byte[Bytes]);
        });

        // Act
        RequestRecord record = await SendAsync(Templates.Of("PUT", "/receipts") with { Kind = TrafficKind.Http2, UploadBytes = Bytes });

        // Assert
        Assert.Equal((OutcomeClass.Ok, 200, null), (record.Outcome, record.Status, record.Detail));
        Assert.Equal(Bytes, uploaded);
    }

    [Fact]
    public async Task Send_BodyAndFields_Arrive()
    {
        // Arrange
        string? got = null;
        await using KestrelServer server = await StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            got = $"{context.Request.Protocol} {context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers["Idempotency-Key"]} {await reader.ReadToEndAsync()}";
            context.Response.StatusCode = 201;
        });
        var template = new RequestTemplate("POST", "/orders?x={id}", [new("Idempotency-Key", "{id}")], "tea", 1, HasEffect: true) { Kind = TrafficKind.Http2 };

        // Act
        RequestRecord record = await SendAsync(template);

        // Assert
        Assert.Equal((OutcomeClass.Ok, 201), (record.Outcome, record.Status));
        Assert.Equal("HTTP/2 POST /orders?x=1-1 1-1 tea", got);
    }

    [Theory]
    [InlineData(ErrorCode.RefusedStream, OutcomeClass.Unavailable, 3)]
    [InlineData(ErrorCode.Cancel, OutcomeClass.Reset, 0)]
    internal async Task Send_ServerResetsTheStream_IsSentAgainOnlyIfThatIsSafe(int code, OutcomeClass outcome, int sentAgain)
    {
        await using KestrelServer server = await StartAsync(context =>
        {
            context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(code);
            return Task.CompletedTask;
        });

        RequestRecord record = await SendAsync(Templates.Http2Get);

        Assert.Equal((outcome, sentAgain), (record.Outcome, record.SentAgain));
    }

    [Fact]
    public async Task Send_ServerBreaksOffItsAnswer_IsTruncated()
    {
        await using KestrelServer server = await StartAsync(static async context =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        Assert.Equal(OutcomeClass.Truncated, (await SendAsync(Templates.Http2Get)).Outcome);
    }

    [Fact]
    public async Task Send_ServerStopsOverAStream_IsAnsweredAndTheNextFindsNobody()
    {
        // Arrange
        var begun = new TaskCompletionSource();
        var goesOn = new TaskCompletionSource();
        await using KestrelServer server = await StartAsync(async context =>
        {
            begun.SetResult();
            await goesOn.Task;
        });
        Task<RequestRecord> inFlight = SendAsync(Templates.Http2Get);
        await begun.Task.WaitAsync(TestTimeouts.Hang);

        // Act
        Task stopping = server.StopAsync();
        goesOn.SetResult();
        RequestRecord record = await inFlight;
        await stopping.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(OutcomeClass.Ok, record.Outcome);
        Assert.Equal(OutcomeClass.Refused, (await SendAsync(Templates.Http2Get)).Outcome);
    }

    /// <summary>Why the load has a client of its own, and how often it sends again: docs/decisions/0012.</summary>
    [Fact]
    public async Task DotnetsOwnClient_StreamIsRefused_SendsItThreeMoreTimesOnTheSameConnection()
    {
        // Arrange
        var connections = new ConcurrentQueue<string>();
        await using KestrelServer server = await StartAsync(context =>
        {
            connections.Enqueue(context.Connection.Id);
            context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(ErrorCode.RefusedStream);
            return Task.CompletedTask;
        });
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        // Act
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://{server.Endpoint.Http2Address}/")).WaitAsync(TestTimeouts.Hang));

        // Assert
        Assert.Equal(1 + LoadDefaults.Http2SentAgain, connections.Count);
        Assert.Single(connections.Distinct());
    }

    [Fact]
    public async Task Explain_ListenerOfHttp11_SaysWhatItIs()
    {
        await using KestrelServer server = await StartAsync(static _ => Task.CompletedTask);
        var probe = new Http2Probe(TimeProvider.System);

        Assert.Null(await probe.ExplainAsync(server.Endpoint, CancellationToken.None, CancellationToken.None).WaitAsync(TestTimeouts.Hang));
        Assert.Equal(
            "it said GOAWAY (HTTP_1_1_REQUIRED)",
            await probe.ExplainAsync(server.Endpoint with { Http2Port = null }, CancellationToken.None, CancellationToken.None).WaitAsync(TestTimeouts.Hang));
    }

    private async Task<KestrelServer> StartAsync(RequestDelegate answer)
    {
        KestrelServer server = await KestrelServer.StartAsync(answer);
        await _rig.Balancer.AddAsync(server.Endpoint, CancellationToken.None);
        return server;
    }

    private Task<RequestRecord> SendAsync(RequestTemplate template) => _rig.SendAsync(template: template);
}
