using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Quiesce.AspNetCore.Connections;
using Quiesce.AspNetCore.Listeners;

namespace Quiesce.AspNetCore.Tests.Support;

/// <summary>Kestrel's own transport, decorated, with the test in the server's place: what it does not accept waits in the kernel's queue.</summary>
internal sealed class ListenerUnderTest : IAsyncDisposable
{
    private readonly ListenerSet _set = new();
    private readonly IConnectionListener _listener;

    private ListenerUnderTest(IConnectionListener listener, ListenerSet set) => (_listener, _set) = (listener, set);

    public EndPoint EndPoint => _listener.EndPoint;

    /// <param name="endpoint">Where to listen.</param>
    /// <param name="create">The application's own way to make the socket, if it has one.</param>
    public static async Task<ListenerUnderTest> BindAsync(EndPoint endpoint, Func<EndPoint, Socket>? create = null)
    {
        var (options, sockets, set) = (new SocketTransportOptions(), new ListenSockets(), new ListenerSet());
        if (create is not null) { options.CreateBoundListenSocket = create; }

        sockets.PostConfigure(name: null, options);
        var transport = new SocketTransportFactory(Options.Create(options), NullLoggerFactory.Instance);
        IConnectionListener listener = await new ClosableListenerFactory(transport, set, sockets, new ManagementEndpoints(), new ConnectionSet(TimeProvider.System)).BindAsync(endpoint);
        return new ListenerUnderTest(listener, set);
    }

    /// <summary>Gets how it would be closed.</summary>
    public CloseWay PlannedWay => Assert.Single(_set.PlannedWays);

    public async Task<CloseWay> CloseAsync(CancellationToken hurry = default) => Assert.Single(await _set.CloseAsync(hurry).OrHang());

    /// <summary>Accepts until the listener is closed; says one word to each connection.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> ServeAsync()
    {
        int count = 0;
        while (await _listener.AcceptAsync().AsTask().OrHang() is { } connection)
        {
            await connection.Transport.Output.WriteAsync("served"u8.ToArray());
            count++;
        }

        return count;
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();
}
