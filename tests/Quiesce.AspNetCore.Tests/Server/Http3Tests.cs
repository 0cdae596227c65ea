using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Quiesce.AspNetCore.Requests;
using Quiesce.AspNetCore.Tests.Listeners;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Server;

/// <summary>What can be said of HTTP/3 without QUIC: the real server with a transport that brings no connection.</summary>
public sealed class Http3Tests
{
    [Fact]
    public async Task Listener_OfHttp3_IsSaidToBeUntestedAndClosesWhileRequestsAreServed()
    {
        // Arrange
        using X509Certificate2 certificate = TestCertificate.Create();
        var transport = new FakeMultiplexedTransport();
        var (began, finish) = (Completion.New(), Completion.New());
        await using WebUnderTest web = await WebUnderTest.StartAsync(
            app => app.MapGet("/slow", async () =>
            {
                began.SetResult();
                await finish.Task;
                return "done";
            }),
            builder => builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0);
                kestrel.Listen(IPAddress.Loopback, 0, listener =>
                {
                    listener.UseHttps(certificate);
                    listener.Protocols = HttpProtocols.Http3;
                });
            }),
            before: builder => builder.Services.AddSingleton<IMultiplexedConnectionListenerFactory>(transport));
        using RawClient client = await RawClient.ConnectAsync(new Uri(web.Urls.First()).Port);
        await client.SendAsync("/slow");
        await began.Task.OrHang();

        // Act
        await web.AnnounceAsync();
        int atTheAnnounce = transport.Unbound;
        await web.CloseAsync();
        int atTheClose = transport.Unbound;
        finish.SetResult();

        // Assert
        Assert.Contains("done", await client.ReadAsync(), StringComparison.Ordinal);
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        Assert.Equal((0, 1, 1), (atTheAnnounce, atTheClose, transport.Unbound));
        Assert.Contains("HTTP/3 is served on 127.0.0.1:", web.Process.Logs.Lines.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/2", 0x7)] // REFUSED_STREAM
    [InlineData("HTTP/3", 0x10B)] // H3_REQUEST_REJECTED
    public void RefuseUnseen_Stream_IsResetAsOneThatMayBeSentAgain(string protocol, int code)
    {
        var stream = new ResetStream();
        var context = new DefaultHttpContext { Request = { Protocol = protocol } };
        context.Features.Set<IHttpResetFeature>(stream);

        RequestTracker.RefuseUnseen(context);

        Assert.Equal(code, stream.Code);
        Assert.Equal(StatusCodes.Status200OK, context.Response.StatusCode);
    }

    private sealed class ResetStream : IHttpResetFeature
    {
        public int? Code { get; private set; }

        public void Reset(int errorCode) => Code = errorCode;
    }
}
