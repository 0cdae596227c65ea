using System.Net;
using System.Net.Sockets;
using Checkout.Tests.Running;

namespace Checkout.Tests;

public sealed class Http2ListenerTests : IDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Checkout_with_a_port_for_http2_serves_both_versions_each_on_its_own()
    {
        int port = FreePort();
        await using CheckoutProcess checkout = CheckoutProcess.Start($"--data {_temp.Data} --urls http://127.0.0.1:0 --http2-port {port}");
        string first = await checkout.LineAsync(Listening);
        string http11 = first[(first.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..];

        HttpResponseMessage[] answers =
        [
            await checkout.Client.SendAsync(Get(http11, HttpVersion.Version11)), await checkout.Client.SendAsync(Get($"http://127.0.0.1:{port}", HttpVersion.Version20)),
        ];

        Assert.Equal([HttpVersion.Version11, HttpVersion.Version20], answers.Select(static answer => answer.Version));
        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
    }

    private static HttpRequestMessage Get(string where, Version version) =>
        new(HttpMethod.Get, $"{where}/orders/none") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
