using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Wire.Http2;
using Quiesce.Cli.Rehearse.Wire.Networks;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Wire.Http2;

/// <summary>One client connection to a server that does as its script says, and requests over it.</summary>
internal sealed class Http2Client : IAsyncDisposable
{
    private readonly TestServer _server;
    private readonly CancellationTokenSource _limit = new();

    private Http2Client(TestServer server, Http2Connection connection)
    {
        _server = server;
        Connection = connection;
    }

    public Http2Connection Connection { get; }

    /// <param name="script">Of the server, after the greeting.</param>
    /// <param name="settings">What the server says of itself first.</param>
    public static async Task<Http2Client> ConnectAsync(Func<Http2Peer, Task> script, params (byte Name, int Value)[] settings)
    {
        TestServer server = TestServer.Start(async peer => await script(await Http2Peer.GreetAsync(peer, settings)));
        return new Http2Client(server, (await Http2Connection.ConnectAsync(server.Endpoint, Loopback.Instance, TimeProvider.System, CancellationToken.None)).Value!);
    }

    public async Task<Http2Exchange> SendAsync(RequestTemplate? template = null) => (await TrySendAsync(template))!;

    public Task<Http2Exchange?> TrySendAsync(RequestTemplate? template = null) => Connection.TryExchangeAsync(
        Http2Request.Render(template ?? Templates.Http2Get, _server.Endpoint.Address, static text => text), _limit.Token).WaitAsync(TestTimeouts.Hang);

    /// <summary>The client's patience ends.</summary>
    public Task ReachLimitAsync() => _limit.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        await Connection.Closed.WaitAsync(TestTimeouts.Hang);
        await _server.DisposeAsync();
        _limit.Dispose();
    }
}
