using System.Net;
using System.Net.Sockets;

namespace Adapters.Tests.Servers;

/// <summary>A network that a test can break: between a client and a server on loopback.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly byte[] _signOfLife;
    private readonly Action<ReadOnlySpan<byte>>? _trace;
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<Socket> _sockets = [];
    private readonly List<(int Count, TaskCompletionSource Seen)> _waiting = [];
    private int _signsOfLife;

    // Completed while bytes flow.
    private volatile TaskCompletionSource _flowing = Flowing();
    private volatile TaskCompletionSource _answersFlow = Flowing();

    /// <param name="target">The server's port.</param>
    /// <param name="signOfLife">What the client sends when it only wants to be known to be there.</param>
    /// <param name="trace">Sees what clients send; one connection at a time makes sense of it.</param>
    public TcpProxy(int target, byte[] signOfLife, Action<ReadOnlySpan<byte>>? trace = null)
    {
        (_target, _signOfLife, _trace) = (target, signOfLife, trace);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on nothing is forwarded, and nobody is told.</summary>
    public void Hang() => _flowing = Completion.New();

    /// <summary>From now on what the server answers is held back.</summary>
    public void HoldAnswers() => _answersFlow = Completion.New();

    /// <summary>What was held back goes on.</summary>
    public void Resume()
    {
        _flowing.TrySetResult();
        _answersFlow.TrySetResult();
    }

    /// <summary>Resets every connection, as a server does that is killed.</summary>
    public void Cut()
    {
        Socket[] sockets;
        lock (_lock) { sockets = [.. _sockets]; }

        foreach (Socket socket in sockets) { socket.Close(timeout: 0); }
    }

    /// <summary>Waits until the client has sent so many more signs of life.</summary>
    public Task SignsOfLifeAsync(int count)
    {
        var seen = Completion.New();
        lock (_lock) { _waiting.Add((_signsOfLife + count, seen)); }

        return seen.Task.OrHang();
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        Cut();
        Resume();
        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource Flowing()
    {
        TaskCompletionSource flowing = Completion.New();
        flowing.SetResult();
        return flowing;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await server.ConnectAsync(IPAddress.Loopback, _target);
                lock (_lock) { _sockets.AddRange([client, server]); }

                _ = PumpAsync(client, server, fromClient: true);
                _ = PumpAsync(server, client, fromClient: false);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException) { return; }
    }

    private async Task PumpAsync(Socket from, Socket to, bool fromClient)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and int count)
            {
                await _flowing.Task;
                if (fromClient) { See(buffer.AsSpan(0, count)); }
                else { await _answersFlow.Task; }

                await to.SendAsync(buffer.AsMemory(0, count));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException) { to.Close(timeout: 0); }
    }

    private void See(ReadOnlySpan<byte> bytes)
    {
        _trace?.Invoke(bytes);
        if (bytes.IndexOf(_signOfLife) < 0) { return; }

        lock (_lock)
        {
            _signsOfLife++;
            foreach ((int count, TaskCompletionSource seen) in _waiting)
            {
                if (_signsOfLife >= count) { seen.TrySetResult(); }
            }
        }
    }
}
