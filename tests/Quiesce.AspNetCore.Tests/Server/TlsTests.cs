using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Server;

public sealed class TlsTests
{
    [Theory]
    [InlineData(0.5)] // at the signal: finished during the announce
    [InlineData(9.5)] // at the close: finished after it
    public async Task Handshake_IsUnderWay_IsFinishedAndItsRequestIsServed(double beganAt)
    {
        using X509Certificate2 certificate = TestCertificate.Create();
        var accepted = Completion.New();
        await using WebUnderTest web = await StartAsync(certificate, accepted);
        await web.AnnounceAsync();
        web.Time.Advance(TimeSpan.FromSeconds(beganAt));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, web.Port).OrHang();
        await accepted.Task.OrHang(); // the server waits for the client's first words

        bool isClosed = beganAt > 1;
        if (isClosed)
        {
            web.Time.Advance(TimeSpan.FromSeconds(10 - beganAt));
            await web.Process.Logs.Lines.ContainingAsync("Drain began");
        }

        string answer = await GetAsync(socket, certificate);

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        if (!isClosed) { web.Time.Advance(TimeSpan.FromSeconds(10 - beganAt)); }

        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    private static async Task<string> GetAsync(Socket socket, X509Certificate2 certificate)
    {
        await using var stream = new SslStream(new NetworkStream(socket), leaveInnerStreamOpen: false, (_, seen, _, _) => certificate.Equals(seen));
        await stream.AuthenticateAsClientAsync("test").OrHang();
        await stream.WriteAsync("GET / HTTP/1.1\r\nHost: test\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync().OrHang();
    }

    private static Task<WebUnderTest> StartAsync(X509Certificate2 certificate, TaskCompletionSource accepted) => WebUnderTest.StartAsync(
        static app => app.MapGet("/", static () => "hello"),
        builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener =>
        {
            listener.Use(next => connection =>
            {
                accepted.TrySetResult();
                return next(connection);
            });
            listener.UseHttps(certificate);
        })));
}
