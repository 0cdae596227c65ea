using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Rehearse.Wire.Networks;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Wire;

public sealed class ConnectTests
{
    // Flows with the test's own calls, so that it never counts what the tests beside it throw.
    private static readonly AsyncLocal<Counter?> _thrown = new();

    [Fact]
    public async Task Connect_ClosedPort_NothingIsThrown()
    {
        using ClosedPort port = new();
        Counter count = new();
        AppDomain.CurrentDomain.FirstChanceException += Count;
        try
        {
            _thrown.Value = count;
            Connected<WireConnection> connected = await WireConnection.ConnectAsync(port.Endpoint, Loopback.Instance, TimeProvider.System, CancellationToken.None);

            Assert.Equal((null, SocketError.ConnectionRefused), (connected.Value, connected.Error?.SocketErrorCode));
            Assert.Equal(0, count.Value);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }
    }

    [Fact]
    public async Task Connect_QueueIsFull_EndsWithTheLimit()
    {
        // Arrange: a queue for one, and nobody who takes from it; the kernel drops whoever comes after those that fit.
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var address = (IPEndPoint)listener.LocalEndPoint!;
        using Socket first = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(address);
        using var limit = new CancellationTokenSource();

        // Act
        Task<Connected<Socket>> connecting = Loopback.Instance.ConnectAsync(address, limit.Token);
        bool connected = connecting.IsCompleted;
        await limit.CancelAsync();

        // Assert
        Assert.False(connected);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(TestTimeouts.Hang));
    }

    [Fact]
    public async Task Connect_LimitHasPassed_IsNotBegun()
    {
        await using TestServer server = TestServer.Start(Answers.Perfect);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Loopback.Instance.ConnectAsync(server.Endpoint.Address, new CancellationToken(canceled: true)));

        Assert.Equal(0, server.Connections);
    }

    private static void Count(object? sender, FirstChanceExceptionEventArgs e)
    {
        if (_thrown.Value is { } count) { count.Value++; }
    }

    private sealed class Counter
    {
        public int Value { get; set; }
    }
}
