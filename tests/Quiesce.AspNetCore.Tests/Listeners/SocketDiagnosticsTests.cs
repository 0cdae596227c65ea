using System.Net;
using System.Net.Sockets;
using Quiesce.AspNetCore.Listeners;
using static Quiesce.AspNetCore.Listeners.SocketDiagnostics;

namespace Quiesce.AspNetCore.Tests.Listeners;

/// <summary>What the kernel says of real sockets.</summary>
public sealed class SocketDiagnosticsTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Any_SocketsOfAPort_AreFoundByTheirState(string address)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux' own");
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.Equal((true, false, false), (Any(SocketState.Listening, port), Any(SocketState.Established, port), Any(SocketState.SynReceived, port)));
        using var client = new TcpClient(listener.LocalEndpoint.AddressFamily);
        client.Connect((IPEndPoint)listener.LocalEndpoint);
        using Socket accepted = listener.AcceptSocket();
        Assert.Equal((true, true, false), (Any(SocketState.Listening, port), Any(SocketState.Established, port), Any(SocketState.SynReceived, port)));

        listener.Stop();
        Assert.Equal((false, true, false), (Any(SocketState.Listening, port), Any(SocketState.Established, port), Any(SocketState.SynReceived, port)));
    }
}
