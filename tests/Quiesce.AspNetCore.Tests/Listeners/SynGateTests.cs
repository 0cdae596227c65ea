using System.Net;
using System.Net.Sockets;
using Quiesce.AspNetCore.Listeners;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Listeners;

public sealed class SynGateTests
{
    [Fact]
    public async Task Shut_ConnectionsThatExist_GoOnAndNewOnesAreRefusedOnceTheSocketIsClosed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has such a filter.");

        // Arrange
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        EndPoint endpoint = listening.LocalEndPoint!;
        using WaitingClient waiting = await WaitingClient.ConnectAsync(endpoint);

        // Act
        Assert.True(SynGate.TryShut(listening));
        Task<WaitingClient> late = WaitingClient.ConnectAsync(endpoint);

        // Assert
        using Socket accepted = await listening.AcceptAsync().OrHang();
        await accepted.SendAsync("served"u8.ToArray());
        Assert.Equal("served", await waiting.ReadAsync());

        Assert.False(listening.Poll(TimeSpan.Zero, SelectMode.SelectRead), "The late client came through the gate.");
        listening.Close();
        SocketException refusal = await Assert.ThrowsAsync<SocketException>(() => late);
        Assert.Equal(SocketError.ConnectionRefused, refusal.SocketErrorCode);
    }

    [Fact]
    public void Shut_SocketIsClosed_SaysNo()
    {
        var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Dispose();

        Assert.False(SynGate.TryShut(closed));
    }
}
