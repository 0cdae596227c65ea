using System.Net;
using System.Net.Sockets;
using Quiesce.AspNetCore.Listeners;
using Quiesce.TestSupport;

namespace Quiesce.AspNetCore.Tests.Listeners;

public sealed class HandshakesTests
{
    // As the kernel writes it, without the columns behind the state: a listener on 8080, a handshake with it, a connection to 9090.
    private const string Table = """
          sl  local_address rem_address   st
           0: 0100007F:1F90 00000000:0000 0A
           1: 0100007F:1F90 0100007F:D2A4 03
           2: 0100007F:2382 0100007F:D2A6 01
        """;

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("::", "127.0.0.1")] // what Kestrel listens on by default, and an IPv4 client of it
    public void UnderWay_HandshakeHasNotEnded_IsSeenUntilItHas(string listened, string connected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells.");
        var address = IPAddress.Parse(listened);
        using var listening = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (address.Equals(IPAddress.IPv6Any)) { listening.DualMode = true; }

        // TCP_DEFER_ACCEPT (tcp(7)): the kernel passes over the client's last segment of the handshake until data comes.
        listening.SetRawSocketOption((int)SocketOptionLevel.Tcp, 9, BitConverter.GetBytes(60));
        listening.Bind(new IPEndPoint(address, 0));
        listening.Listen();
        int port = ((IPEndPoint)listening.LocalEndPoint!).Port;

        Assert.False(Handshakes.UnderWay(port));
        var server = new IPEndPoint(IPAddress.Parse(connected), port);
        using var client = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(server);
        Assert.True(Handshakes.UnderWay(port));

        client.Send("x"u8);
        using Socket accepted = listening.Accept();
        Assert.False(Handshakes.UnderWay(port));
    }

    [Theory]
    [InlineData(8080, true)]
    [InlineData(9090, false)]
    [InlineData(80, false)]
    public void Lists_TableOfTheKernel_FindsTheHandshakesOfThePort(int port, bool expected)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "tcp");
        File.WriteAllText(file, Table);

        Assert.Equal(expected, Handshakes.Lists(file, port));
    }

    [Fact]
    public void Lists_KernelDoesNotSay_ThereMayBeOne()
    {
        using var folder = new TemporaryFolder();

        Assert.True(Handshakes.Lists(folder.Path, port: 8080));
        Assert.False(Handshakes.Lists(Path.Combine(folder.Path, "tcp6"), port: 8080));
    }
}
