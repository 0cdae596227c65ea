using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Quiesce.AspNetCore.Tests.Connections;

/// <summary>The server's end of a real connection, on which nobody reads: what has arrived stays in the kernel.</summary>
internal sealed class FakeConnection : DefaultConnectionContext, IConnectionLifetimeNotificationFeature, IConnectionSocketFeature
{
    private readonly CancellationTokenSource _closed = new();

    private FakeConnection(Socket server, Socket client)
    {
        (Socket, Client) = (server, client);
        ConnectionClosed = _closed.Token;
        Features.Set<IConnectionLifetimeNotificationFeature>(this);
        Features.Set<IConnectionSocketFeature>(this);
    }

    public Socket Socket { get; }

    public Socket Client { get; }

    public CancellationToken ConnectionClosedRequested { get; set; }

    /// <summary>Gets a value indicating whether it does not close when it is asked to: half of a request has come, or an answer has not gone.</summary>
    public bool IsStuck { get; init; }

    public bool IsReset { get; private set; }

    public bool IsClosed => _closed.IsCancellationRequested;

    public static async Task<FakeConnection> OpenAsync(bool isStuck = false)
    {
        using var listening = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        listening.Listen();
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listening.LocalEndPoint!).OrHang();
        return new FakeConnection(await listening.AcceptAsync().OrHang(), client) { IsStuck = isStuck };
    }

    /// <summary>Sends something, and returns when it has arrived.</summary>
    public async Task SayAsync()
    {
        await Client.SendAsync("GET"u8.ToArray()).OrHang();
        await Socket.ReceiveAsync(new byte[3], SocketFlags.Peek).OrHang();
    }

    /// <summary>Sends until the kernel takes no more: an answer that its client does not read.</summary>
    public void Fill()
    {
        Socket.Blocking = false;
        byte[] part = new byte[1 << 16];
        SocketError error;
        do { Socket.Send(part, SocketFlags.None, out error); }
        while (error == SocketError.Success);

        Assert.Equal(SocketError.WouldBlock, error);
    }

    public void RequestClose()
    {
        if (!IsStuck) { _closed.Cancel(); }
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        IsReset = true;
        _closed.Cancel();
    }

    public override async ValueTask DisposeAsync()
    {
        Socket.Dispose();
        Client.Dispose();
        _closed.Dispose();
        await base.DisposeAsync();
    }
}
