using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Server;

/// <summary>What clients do that are slow, or stop in the middle.</summary>
public sealed class Http1Tests
{
    private static readonly TimeSpan _restIsDue = TimeSpan.FromSeconds(10.75);
    private readonly Lines _seen = new();

    [Fact]
    public async Task HalfRequest_ComesWholeAfterTheClose_IsServed()
    {
        await using WebUnderTest web = await StartAsync();
        using RawClient client = await SendHalfAsync(web);

        await web.AnnounceAsync();
        await web.CloseAsync();
        await web.Time.WaitForTimerAsync(_restIsDue).OrHang();
        await client.SendTextAsync("st\r\n\r\n");

        string answer = await client.ReadAsync();
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task HalfRequest_NeverComesWhole_DoesNotHoldTheStop()
    {
        await using WebUnderTest web = await StartAsync();
        using RawClient client = await SendHalfAsync(web);

        await web.AnnounceAsync();
        await web.CloseAsync();
        await web.Time.WaitForTimerAsync(_restIsDue).OrHang();
        web.Time.Advance(TimeSpan.FromSeconds(0.75));

        await client.ReadToEndAsync();
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean); // it was never a request
    }

    [Fact]
    public async Task Upload_GoesOnAfterTheClose_IsServedWhole()
    {
        await using WebUnderTest web = await StartAsync();
        using RawClient client = await web.ConnectAsync();
        await client.SendTextAsync("POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n12345");
        await _seen.ContainingAsync("upload began");

        await web.AnnounceAsync();
        await web.CloseAsync();
        await client.SendTextAsync("67890");

        string answer = await client.ReadAsync();
        Assert.Contains("10 bytes", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task Upload_Stalls_IsEndedByTheServersOwnLimit()
    {
        // The server's clock goes on: it stops with the server, which is what a drain inside of the server's stop waits for in vain.
        await using WebUnderTest web = await StartAsync(static builder => builder.WebHost.ConfigureKestrel(static kestrel =>
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1000, TimeSpan.FromSeconds(1.1))));
        using RawClient client = await web.ConnectAsync();
        await client.SendTextAsync("POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n12345");
        await _seen.ContainingAsync("upload began");

        await web.AnnounceAsync();
        await web.CloseAsync();

        Assert.StartsWith("HTTP/1.1 408", await client.ReadAsync(), StringComparison.Ordinal);
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task Answer_IsLargeAndItsClientReadsSlowly_IsWhole()
    {
        const int Size = 32 << 20; // more than the kernel's buffers hold
        await using WebUnderTest web = await StartAsync();
        using RawClient client = await web.ConnectAsync();
        await client.SendAsync($"/large/{Size}");
        await _seen.ContainingAsync("large began");

        await web.AnnounceAsync();
        await web.CloseAsync();

        Assert.Equal(Size, await client.CountToEndAsync('~'));
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task Pipelined_SecondRequest_IsNotBegunAndTheFirstAnswerSaysSo()
    {
        await using WebUnderTest web = await StartAsync();
        using RawClient client = await web.ConnectAsync();

        await web.AnnounceAsync();
        await client.SendTextAsync("GET /seen/1 HTTP/1.1\r\nHost: test\r\n\r\nGET /seen/2 HTTP/1.1\r\nHost: test\r\n\r\n");
        string answer = await client.ReadAsync();
        await client.ReadToEndAsync();

        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.Equal(["seen 1"], _seen.Snapshot());
    }

    [Fact]
    public async Task Continue_IsAskedForAcrossTheClose_IsGivenAndTheRequestIsServed()
    {
        await using WebUnderTest web = await StartAsync();
        using RawClient old = await web.ConnectAsync();
        using RawClient client = await web.ConnectAsync();
        await client.SendTextAsync("POST /upload HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        await client.ReadUntilAsync("HTTP/1.1 100 Continue\r\n\r\n");

        await web.AnnounceAsync();
        await web.CloseAsync();
        await old.SendTextAsync("POST /upload HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        await old.ReadUntilAsync("HTTP/1.1 100 Continue\r\n\r\n");

        foreach (RawClient each in new[] { client, old })
        {
            await each.SendTextAsync("12345");
            string answer = await each.ReadAsync();
            Assert.Contains("5 bytes", answer, StringComparison.Ordinal);
            Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        }

        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    private static async Task<RawClient> SendHalfAsync(WebUnderTest web)
    {
        RawClient client = await web.ConnectAsync();
        await client.GetAsync("/seen/0"); // the server has taken the connection
        await client.SendTextAsync("GET /seen/1 HTTP/1.1\r\nHost: te");
        return client;
    }

    private Task<WebUnderTest> StartAsync(Action<WebApplicationBuilder>? configure = null) => WebUnderTest.StartAsync(
        app =>
        {
            app.MapGet("/seen/{i}", (string i) => _seen.Add($"seen {i}"));
            app.MapPost("/upload", async (HttpContext context) =>
            {
                _seen.Add("upload began");
                var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, context.RequestAborted);
                return $"{body.Length} bytes";
            });
            app.MapGet("/large/{size}", async (int size, HttpContext context) =>
            {
                await context.Response.StartAsync();
                _seen.Add("large began");
                await context.Response.Body.WriteAsync(Enumerable.Repeat((byte)'~', size).ToArray());
            });
        },
        configure);
}
