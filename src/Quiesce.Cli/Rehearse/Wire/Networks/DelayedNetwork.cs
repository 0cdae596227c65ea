using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Quiesce.Cli.Rehearse.Wire.Networks;

/// <summary>A network on which everything is under way for a while, each way: bytes, the end of a stream, a reset, and the connecting itself.</summary>
/// <remarks>
/// <para>On loopback a request and the server's close hardly ever cross; between machines they do, and a client learns of a close only
/// after it has sent the next request. That is what makes an unannounced close dangerous, so a rehearsal has to have it.</para>
/// <para>A relay inside the tool instead of the kernel's netem, which needs privileges and a module that many machines lack. The client gets
/// one end of a connection of our own; <see cref="DelayedLink"/> carries what goes through it.</para>
/// </remarks>
internal sealed class DelayedNetwork : IWireNetwork
{
    private readonly TimeProvider _time;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly SemaphoreSlim _pairing = new(1);
    private readonly CancellationTokenSource _hurry = new();
    private readonly ConcurrentDictionary<Task, bool> _links = new();

    public DelayedNetwork(TimeSpan delay, TimeProvider time)
    {
        Delay = delay;
        _time = time;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    /// <inheritdoc/>
    public TimeSpan Delay { get; }

    /// <inheritdoc/>
    public async Task<Connected<Socket>> ConnectAsync(IPEndPoint address, CancellationToken limit)
    {
        await Task.Delay(Delay, _time, limit);
        Connected<Socket> connected = await Loopback.Instance.ConnectAsync(address, limit);
        if (connected.Value is not { } server)
        {
            await Task.Delay(Delay, _time, limit); // A refusal comes back as slowly.
            return connected;
        }

        try
        {
            await Task.Delay(Delay, _time, limit);
            (Socket client, Socket ours) = await PairAsync(limit);
            Task link = new DelayedLink(ours, server, Delay, _time, _hurry.Token).RunAsync();
            _links.TryAdd(link, true);
            _ = link.ContinueWith(ended => _links.TryRemove(ended, out _), TaskScheduler.Default);
            return client;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _hurry.CancelAsync();
        await Task.WhenAll(_links.Keys);
        _pairing.Dispose();
        _hurry.Dispose();
    }

    // One at a time, and by its port: a stranger that connects to our listener must not get a client's answers.
    private async Task<(Socket Client, Socket Ours)> PairAsync(CancellationToken limit)
    {
        await _pairing.WaitAsync(limit);
        Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await client.ConnectAsync(_listener.LocalEndPoint!, CancellationToken.None);
            while (true)
            {
                Socket ours = await _listener.AcceptAsync(CancellationToken.None);
                ours.NoDelay = true;
                if (Equals(ours.RemoteEndPoint, client.LocalEndPoint)) { return (client, ours); }
                ours.Dispose();
            }
        }
        catch
        {
            client.Dispose();
            throw;
        }
        finally
        {
            _pairing.Release();
        }
    }
}
