using System.Net.Sockets;
using Quiesce.AspNetCore.Listeners;
using Quiesce.AspNetCore.Tests.Support;
using Quiesce.TestSupport;

namespace Quiesce.AspNetCore.Tests.Listeners;

public sealed class AcceptQueueTests
{
    [Fact]
    public async Task Empty_ConnectionsWait_EndsOnceTheServerHasTakenThem()
    {
        // Arrange
        using var folder = new TemporaryFolder();
        using var listening = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listening.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder.Path, "socket")));
        listening.Listen();
        WaitingClient[] clients = await WaitingClient.ConnectAsync(listening.LocalEndPoint!, count: 3);

        // Act
        Task<CloseWay> emptying = new AcceptQueue(listening, isOurs: true).EmptyAsync(TestContext.Current.CancellationToken);

        // Assert
        foreach (WaitingClient client in clients)
        {
            Assert.False(emptying.IsCompleted, "Somebody still waits.");
            using (client) { (await listening.AcceptAsync().OrHang()).Dispose(); }
        }

        Assert.Equal(CloseWay.Drained, await emptying.OrHang());
    }
}
