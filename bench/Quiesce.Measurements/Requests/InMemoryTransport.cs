using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Quiesce.Measurements.Requests;

/// <summary>Kestrel's connections without a network: two pipes each. What the client writes is handled on the client's own thread, before its write returns.</summary>
internal sealed class InMemoryTransport : IConnectionListenerFactory, IConnectionListener
{
    private readonly Channel<ConnectionContext> _connections = Channel.CreateUnbounded<ConnectionContext>();
    private int _count;

    public EndPoint EndPoint { get; private set; } = new IPEndPoint(IPAddress.None, 0);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        EndPoint = endpoint;
        return ValueTask.FromResult<IConnectionListener>(this);
    }

    /// <summary>Connects, and returns the client's end.</summary>
    public IDuplexPipe Connect()
    {
        var options = new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false);
        var (requests, answers) = (new Pipe(options), new Pipe(options));
        var client = new End(answers.Reader, requests.Writer);
        _connections.Writer.TryWrite(new DefaultConnectionContext($"{++_count}", new End(requests.Reader, answers.Writer), client));
        return client;
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await _connections.Reader.WaitToReadAsync(cancellationToken) && _connections.Reader.TryRead(out ConnectionContext? connection) ? connection : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _connections.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
