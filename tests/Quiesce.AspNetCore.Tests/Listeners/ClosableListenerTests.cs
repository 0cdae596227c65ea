using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Quiesce.AspNetCore.Listeners;
using Quiesce.AspNetCore.Tests.Support;
using Quiesce.TestSupport;

namespace Quiesce.AspNetCore.Tests.Listeners;

public sealed class ClosableListenerTests
{
    private const int Waiting = 12;

    private static readonly IPEndPoint _anyPort = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Close_ConnectionsWaitInTheKernelsQueue_AllOfThemAreServed()
    {
        // Arrange
        await using ListenerUnderTest listener = await ListenerUnderTest.BindAsync(_anyPort);
        WaitingClient[] clients = await WaitingClient.ConnectAsync(listener.EndPoint, Waiting);

        CloseWay planned = listener.PlannedWay;

        // Act
        Task<CloseWay> closing = listener.CloseAsync();
        int served = await listener.ServeAsync();

        // Assert
        Assert.Equal(OperatingSystem.IsLinux() ? CloseWay.Gated : CloseWay.Drained, await closing);
        Assert.Equal(await closing, planned);
        Assert.Equal(Waiting, served);
        foreach (WaitingClient client in clients)
        {
            using (client) { Assert.Equal("served", await client.ReadAsync()); }
        }
    }

    [Fact]
    public async Task Close_UnixSocket_ServesWhatWaits()
    {
        using var folder = new TemporaryFolder();
        await using ListenerUnderTest listener = await ListenerUnderTest.BindAsync(new UnixDomainSocketEndPoint(Path.Combine(folder.Path, "socket")));
        WaitingClient[] clients = await WaitingClient.ConnectAsync(listener.EndPoint, Waiting);

        Task<CloseWay> closing = listener.CloseAsync();

        Assert.Equal(Waiting, await listener.ServeAsync());
        Assert.Equal((CloseWay.Drained, CloseWay.Drained), (listener.PlannedWay, await closing));
        Assert.All(clients, static client => client.Dispose());
    }

    [Fact]
    public async Task Close_InheritedSocket_IsLeftToWhoeverElseHoldsIt()
    {
        using var inherited = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        inherited.Bind(_anyPort);
        inherited.Listen();
        int handle = NativeMethods.Duplicate((int)inherited.Handle);
        await using ListenerUnderTest listener = await ListenerUnderTest.BindAsync(new FileHandleEndPoint((ulong)handle, FileHandleType.Tcp));

        CloseWay way = await listener.CloseAsync();

        Assert.Equal((CloseWay.AtOnce, CloseWay.AtOnce), (listener.PlannedWay, way));
        using WaitingClient client = await WaitingClient.ConnectAsync(inherited.LocalEndPoint!);
        using Socket accepted = await inherited.AcceptAsync().OrHang();
    }

    [Fact]
    public async Task Close_SocketTheApplicationMade_IsEmptiedAndLetsNewConnectionsInElsewhere()
    {
        using var shared = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        shared.Bind(_anyPort);
        shared.Listen();
        await using ListenerUnderTest listener = await ListenerUnderTest.BindAsync(
            new IPEndPoint(IPAddress.Loopback, 1), _ => new Socket(new SafeSocketHandle(NativeMethods.Duplicate((int)shared.Handle), ownsHandle: true)));
        CloseWay planned = listener.PlannedWay;

        CloseWay way = await listener.CloseAsync();

        Assert.Equal((CloseWay.Drained, CloseWay.Drained), (planned, way));
        using WaitingClient client = await WaitingClient.ConnectAsync(shared.LocalEndPoint!);
        using Socket accepted = await shared.AcceptAsync().OrHang();
    }

    [Fact]
    public async Task Close_Hurried_WaitsForNobody()
    {
        await using ListenerUnderTest listener = await ListenerUnderTest.BindAsync(_anyPort);
        WaitingClient[] clients = await WaitingClient.ConnectAsync(listener.EndPoint, Waiting);

        CloseWay way = await listener.CloseAsync(new CancellationToken(canceled: true));

        Assert.Equal(CloseWay.Hurried, way);
        Assert.All(clients, static client => client.Dispose());
    }
}
