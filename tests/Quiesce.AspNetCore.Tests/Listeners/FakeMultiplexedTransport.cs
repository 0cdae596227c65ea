using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Quiesce.AspNetCore.Tests.Listeners;

/// <summary>What stands in QUIC's place, which this machine need not have: it brings no connection, and says when it is unbound.</summary>
internal sealed class FakeMultiplexedTransport : IMultiplexedConnectionListenerFactory, IMultiplexedConnectionListener
{
    private readonly TaskCompletionSource _closed = Completion.New();
    private int _unbound;

    public EndPoint EndPoint { get; private set; } = new IPEndPoint(IPAddress.None, 0);

    /// <summary>Gets how many times it was unbound.</summary>
    public int Unbound => Volatile.Read(ref _unbound);

    public ValueTask<IMultiplexedConnectionListener> BindAsync(EndPoint endpoint, IFeatureCollection? features = null, CancellationToken cancellationToken = default)
    {
        EndPoint = endpoint;
        return ValueTask.FromResult<IMultiplexedConnectionListener>(this);
    }

    public async ValueTask<MultiplexedConnectionContext?> AcceptAsync(IFeatureCollection? features = null, CancellationToken cancellationToken = default)
    {
        await _closed.Task.WaitAsync(cancellationToken);
        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _unbound);
        _closed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
