using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Quiesce.AspNetCore.Listeners;

namespace Quiesce.AspNetCore.Tests.Listeners;

public sealed class ClosableMultiplexedListenerTests : IAsyncDisposable
{
    private readonly FakeMultiplexedTransport _transport = new();
    private readonly ListenerSet _set = new();
    private readonly ManagementEndpoints _management = new();

    [Fact]
    public async Task Close_ServerUnbindsItAgain_IsUnboundOnceAndAcceptsNothingMore()
    {
        IMultiplexedConnectionListener listener = await BindAsync();

        CloseWay[] ways = [.. await _set.CloseAsync(CancellationToken.None).OrHang()];
        await listener.UnbindAsync().AsTask().OrHang();

        Assert.Equal([CloseWay.AtOnce], ways);
        Assert.Equal(1, _transport.Unbound);
        Assert.Null(await listener.AcceptAsync().AsTask().OrHang());
    }

    [Fact]
    public async Task Close_ManagementListener_StaysOpen()
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, 9000);
        _management.Add(endpoint);
        await BindAsync(endpoint);

        await _set.CloseAsync(CancellationToken.None).OrHang();

        Assert.Equal(0, _transport.Unbound);
    }

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    private async Task<IMultiplexedConnectionListener> BindAsync(EndPoint? endpoint = null)
    {
        var factory = new ClosableMultiplexedListenerFactory(_transport, _set, _management, NullLoggerFactory.Instance);
        return await factory.BindAsync(endpoint ?? new IPEndPoint(IPAddress.Loopback, 8443));
    }
}
