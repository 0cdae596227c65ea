using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Server;

/// <summary>HTTP/2: by prior knowledge without TLS, where nothing is said of it.</summary>
public sealed class Http2Tests
{
    private readonly TaskCompletionSource _finish = new();
    private readonly Lines _seen = new();
    private CancellationToken _lastConnection;

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Streams_AreInFlightAtTheSignal_FinishAndNewOnesAreServedOnTheSameConnection(string scheme)
    {
        await using WebUnderTest web = await StartAsync(scheme);
        using HttpClient client = Connect(web, scheme);
        Task<string>[] slow = [.. Enumerable.Range(0, 3).Select(i => client.GetStringAsync($"/slow/{i}"))];
        foreach (int i in Enumerable.Range(0, 3)) { await _seen.ContainingAsync($"slow {i}"); }

        await web.AnnounceAsync();
        string[] during = [await client.GetStringAsync("/connection").OrHang(), await client.GetStringAsync("/connection").OrHang()];
        await web.CloseAsync();
        _finish.SetResult();

        foreach (Task<string> stream in slow) { Assert.Equal(during[0], await stream.OrHang()); }

        Assert.Equal(during[0], during[1]);
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Connection_IsIdleAtTheClose_IsSentAwayWhileOthersAreServed(string scheme)
    {
        var gone = Completion.New();
        await using WebUnderTest web = await StartAsync(scheme);
        using HttpClient client = Connect(web, scheme);
        using HttpClient other = Connect(web, scheme);
        Task<string> slow = other.GetStringAsync("/slow/1");
        await _seen.ContainingAsync("slow 1");
        await client.GetStringAsync("/connection").OrHang();
        _lastConnection.Register(gone.SetResult);

        await web.AnnounceAsync();
        Assert.False(gone.Task.IsCompleted);
        await web.CloseAsync();

        await gone.Task.OrHang();
        Assert.False(web.Stopping.IsCancellationRequested, "the server's own stop closed the connection");
        _finish.SetResult();
        await slow.OrHang();
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task Connection_BeganWithALateStream_IsSentAwayOnceARequestHasComeSinceTheSignal()
    {
        await using WebUnderTest web = await StartAsync();
        using Http2Client client = await Http2Client.ConnectAsync(web.Port);
        await client.GetAsync(stream: 101, "/slow/1");
        await _seen.ContainingAsync("slow 1");
        await web.AnnounceAsync();
        await client.GetAsync(stream: 103, "/slow/2");
        await _seen.ContainingAsync("slow 2");

        await web.CloseAsync();

        await client.ReadUntilAsync(Http2Client.GoAway); // while both are in flight
        _finish.SetResult();
        await client.ReadToEndAsync();
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    /// <summary>Nothing tells it from a connection of HTTP/1.1 on which nothing was said since the signal.</summary>
    [Fact]
    public async Task Connection_BeganWithALateStreamAndIsIdle_IsSentAwayAmongTheSilentOnes()
    {
        await using WebUnderTest web = await StartAsync(linger: "00:00:03.3");
        using Http2Client client = await Http2Client.ConnectAsync(web.Port);
        await client.GetAsync(stream: 101, "/connection");
        await client.ReadUntilAsync(Http2Client.Headers);
        await web.AnnounceAsync();
        await web.CloseAsync();

        await web.Time.WaitForTimerAsync(TimeSpan.FromSeconds(13.3)).OrHang(); // its turn
        web.Time.Advance(TimeSpan.FromSeconds(3.3));

        await client.ReadUntilAsync(Http2Client.GoAway);
        await client.ReadToEndAsync();
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task Stream_ComesLongAfterGoAway_IsRefusedAsRetryable()
    {
        await using WebUnderTest web = await StartAsync();
        using Http2Client client = await CloseOverOneStreamAsync(web);

        await client.GetAsync(stream: 3, "/slow/in-time");
        await _seen.ContainingAsync("slow in-time");
        web.Time.Advance(TimeSpan.FromSeconds(1.1));
        await client.GetAsync(stream: 5, "/slow/late");

        Assert.Equal((Http2Client.Reset, 5, 7u), await client.ReadUntilAsync(Http2Client.Reset)); // REFUSED_STREAM
        _finish.SetResult();
        await client.ReadToEndAsync();
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        Assert.DoesNotContain("slow late", _seen.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_IsSilentAfterGoAway_DoesNotHoldTheStop()
    {
        await using WebUnderTest web = await StartAsync();
        using Http2Client client = await CloseOverOneStreamAsync(web);

        _finish.SetResult();

        await web.AssertExitCodeAsync(ShutdownExitCode.Clean); // the clock stands: nobody resets it
        await client.ReadToEndAsync();
    }

    [Fact]
    public async Task Client_IsSilentAfterAnEventStream_DoesNotHoldTheStop()
    {
        await using WebUnderTest web = await StartAsync();
        using Http2Client client = await Http2Client.ConnectAsync(web.Port);
        await client.GetAsync(stream: 1, "/events");
        await client.ReadUntilAsync(Http2Client.Headers);

        await web.AnnounceAsync();
        await web.CloseAsync();

        await web.AssertExitCodeAsync(ShutdownExitCode.Clean); // the clock stands: nobody resets it
        await client.ReadToEndAsync();
    }

    /// <summary>A connection that has heard GOAWAY while its first stream is in flight.</summary>
    private async Task<Http2Client> CloseOverOneStreamAsync(WebUnderTest web)
    {
        Http2Client client = await Http2Client.ConnectAsync(web.Port);
        await client.GetAsync(stream: 1, "/slow/1");
        await _seen.ContainingAsync("slow 1");
        await web.AnnounceAsync();
        await web.CloseAsync();
        return client;
    }

    private Task<WebUnderTest> StartAsync(string scheme = "http", string? linger = null) => WebUnderTest.StartAsync(
        app =>
        {
            app.MapGet("/connection", (HttpContext context) =>
            {
                _lastConnection = context.Features.Get<IConnectionLifetimeFeature>()!.ConnectionClosed;
                return context.Connection.Id;
            });
            app.MapGet("/events", static () => TypedResults.Text("data: all there is\n\n", "text/event-stream"));
            app.MapGet("/slow/{i}", async (string i, HttpContext context) =>
            {
                _seen.Add($"slow {i}");
                await _finish.Task;
                return context.Connection.Id;
            });
        },
        builder =>
        {
            builder.Configuration["GracefulShutdown:Announce:Linger"] = linger;
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                endpoint.Protocols = HttpProtocols.Http2;
                if (scheme == "https") { endpoint.UseHttps(TestCertificate.Create()); }
            }));
        });

    private static HttpClient Connect(WebUnderTest web, string scheme = "http") => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate?.Subject == "CN=test" },
    })
    {
        BaseAddress = new Uri($"{scheme}://127.0.0.1:{web.Port}"),
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
