using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Rehearse.Wire.Networks;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Wire;

/// <summary>The client under test, with everything in place but the server.</summary>
internal static class WireClient
{
    public static async Task<WireConnection> ConnectAsync(Endpoint endpoint)
    {
        Connected<WireConnection> connected =
            await WireConnection.ConnectAsync(endpoint, Loopback.Instance, TimeProvider.System, CancellationToken.None).WaitAsync(TestTimeouts.Hang);
        return connected.Value ?? throw connected.Error!;
    }

    public static Task<WireResult> SendAsync(
        WireConnection connection, RequestTemplate? template = null, CancellationToken limit = default)
    {
        WireRequest request = WireRequest.Render(
            template ?? Templates.Get, connection.Endpoint.Address, static text => text.Replace("{id}", "7", StringComparison.Ordinal));
        return connection.ExchangeAsync(request, limit).WaitAsync(TestTimeouts.Hang, CancellationToken.None);
    }

    /// <summary>Connects, sends one request, closes.</summary>
    public static async Task<WireResult> SendOnceAsync(
        TestServer server, RequestTemplate? template = null, CancellationToken limit = default)
    {
        using WireConnection connection = await ConnectAsync(server.Endpoint);
        return await SendAsync(connection, template, limit);
    }

    /// <summary>Sends one request to a server that answers it with this text and then closes.</summary>
    public static async Task<WireResult> SendOnceAsync(string answer, RequestTemplate? template = null)
    {
        await using TestServer server = TestServer.StartOneRequest(peer => peer.SendAsync(answer));
        return await SendOnceAsync(server, template);
    }
}
