using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Balancers;

namespace Quiesce.Cli.Tests.Misbehaving;

/// <summary>A server on a free loopback port that does to each connection exactly what its script says.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentQueue<TestPeer> _peers = new();
    private readonly ConcurrentQueue<Task> _runs = new();
    private readonly Task _accepting;
    private int _connections;

    private TestServer(Func<TestPeer, Task> script, int instance)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1024);
        Endpoint = new Endpoint(instance, (IPEndPoint)_listener.LocalEndPoint!);
        _accepting = AcceptAsync(script);
    }

    public Endpoint Endpoint { get; }

    /// <summary>How many connections were accepted.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Starts it. The connection is closed when the script ends.</summary>
    public static TestServer Start(Func<TestPeer, Task> script, int instance = 1) => new(script, instance);

    /// <summary>A server that reads one request, does something with it, and closes.</summary>
    public static TestServer StartOneRequest(Func<TestPeer, Task> answer) => Start(async peer =>
    {
        if (await peer.ReadRequestAsync() is not null) { await answer(peer); }
    });

    /// <summary>Completes when the scripts of all connections so far have ended by themselves.</summary>
    public Task WaitForScriptsAsync() => Task.WhenAll(_runs).WaitAsync(TestTimeouts.Hang);

    /// <summary>Resets what is still open. Fails if a script failed for another reason than its connection ending.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach (TestPeer peer in _peers) { peer.Reset(); }
        await Task.WhenAll(_runs);
    }

    private async Task AcceptAsync(Func<TestPeer, Task> script)
    {
        try
        {
            while (true)
            {
                TestPeer peer = new(await _listener.AcceptAsync());
                Interlocked.Increment(ref _connections);
                _peers.Enqueue(peer);
                _runs.Enqueue(RunAsync(script, peer));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private static async Task RunAsync(Func<TestPeer, Task> script, TestPeer peer)
    {
        try
        {
            await script(peer);
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The client, or the end of the test, closed the connection under the script.
        }
        finally
        {
            peer.Close();
        }
    }
}
