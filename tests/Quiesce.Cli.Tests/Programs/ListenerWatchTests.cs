using System.Net;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Programs;

public sealed class ListenerWatchTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::")]
    public async Task WaitForClose_ListenerCloses_Completes(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.True(ListenerWatch.IsListening(port));
        Task<long> closing = new ListenerWatch(TimeProvider.System).WaitForCloseAsync(port, TestContext.Current.CancellationToken);
        Assert.False(closing.IsCompleted);

        listener.Stop();
        await closing.WaitAsync(TestTimeouts.Hang);

        Assert.False(ListenerWatch.IsListening(port));
    }

    [Fact]
    public void Require_SomebodyListens_NamesThePortAndTheRemedy()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        QuiesceException error = Assert.Throws<QuiesceException>(() => FreePort.Require(port));

        Assert.StartsWith($"--port {port} cannot be used", error.Message);
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
    }

    [Fact]
    public void Find_Always_ReturnsAPortNobodyListensOn() => FreePort.Require(FreePort.Find());
}
