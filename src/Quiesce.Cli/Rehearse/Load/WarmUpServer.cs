using System.Net;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Balancers;

namespace Quiesce.Cli.Rehearse.Load;

/// <summary>Answers the requests of a warm-up inside the tool, and refuses some, as a program that is being restarted does.</summary>
internal sealed class WarmUpServer : IBalancer
{
    // Of the connections, not of the requests.
    private const int RefusesOneIn = 10;

    private static readonly byte[] _answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray();

    private readonly Socket _listener = Bind(), _closed = Bind();
    private readonly Endpoint _open, _refusing;
    private readonly Task _accepting;
    private int _chosen;

    public WarmUpServer()
    {
        _listener.Listen();
        _open = new Endpoint(1, (IPEndPoint)_listener.LocalEndPoint!);
        _refusing = new Endpoint(2, (IPEndPoint)_closed.LocalEndPoint!);
        _accepting = AcceptAsync();
    }

    public string Name => "warm-up";

    public Endpoint? Choose() => Interlocked.Increment(ref _chosen) % RefusesOneIn == 0 ? _refusing : _open;

    public Task AddAsync(Endpoint endpoint, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<long?> RemoveAsync(Endpoint endpoint, CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    /// <summary>After the load that uses it, whose connections end theirs.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _closed.Dispose();
        await _accepting;
    }

    private static Socket Bind()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) { _ = ServeAsync(await _listener.AcceptAsync()); }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    // A request is what one receive brings: the load sends each in one piece, and never the next before the answer.
    private static async Task ServeAsync(Socket client)
    {
        using (client)
        {
            client.NoDelay = true;
            byte[] bytes = new byte[1024];
            try
            {
                while (await client.ReceiveAsync(bytes) > 0) { await client.SendAsync(_answer); }
            }
            catch (SocketException)
            {
                // The client has gone.
            }
        }
    }
}
