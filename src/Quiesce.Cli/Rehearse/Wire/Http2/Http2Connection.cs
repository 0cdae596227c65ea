using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Wire.Networks;

namespace Quiesce.Cli.Rehearse.Wire.Http2;

/// <summary>One client connection of HTTP/2 without TLS, by prior knowledge (RFC 9113, section 3.3), over a raw socket: no retry, nothing hidden.</summary>
/// <remarks>
/// <para>It does what a careful client does: after a GOAWAY it opens no stream, waits for the answers to those that GOAWAY leaves in, says of the others
/// that they were not processed, and hangs up after the last. A stream is never sent again here; whoever asked decides (docs/decisions/0012).</para>
/// <para>Thread-safe: any number of exchanges at once.</para>
/// </remarks>
internal sealed partial class Http2Connection : IDisposable
{
    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private readonly FrameReader _reader;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly SendWindow _window = new(Http2Defaults.FirstWindowBytes);
    private readonly TaskCompletionSource _pinged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<int, Http2Stream> _streams = [];
    private int _nextId = 1;
    private int _streamLimit = Http2Defaults.UsualStreams;
    private int _streamWindow = Http2Defaults.FirstWindowBytes;
    private long? _lastUsedAt;
    private bool _heardGoAway;
    private int _goAwayCode;
    private bool _takesNothing;
    private StreamEnd? _end;

    // The first error of a send: it names the cause, when the reader only sees the end.
    private volatile SocketException? _sendError;

    private Http2Connection(Socket socket, Endpoint endpoint, TimeProvider time)
    {
        _socket = socket;
        _time = time;
        _reader = new FrameReader(socket);
        Endpoint = endpoint;
    }

    public Endpoint Endpoint { get; }

    /// <summary>Gets whether it may carry another request.</summary>
    public bool HasRoom
    {
        get { lock (_lock) { return HasRoomLocked(); } }
    }

    /// <summary>Gets whether it will never carry another one.</summary>
    public bool IsLeaving
    {
        get { lock (_lock) { return IsLeavingLocked(); } }
    }

    /// <summary>Gets a task that completes once the connection is closed. Never fails.</summary>
    public Task Closed { get; private set; } = Task.CompletedTask;

    /// <summary>Connects, and says what every client says first.</summary>
    /// <exception cref="OperationCanceledException">No connection was made before the limit passed.</exception>
    public static async Task<Connected<Http2Connection>> ConnectAsync(Endpoint endpoint, IWireNetwork network, TimeProvider time, CancellationToken limit)
    {
        Connected<Socket> connected = await network.ConnectAsync(endpoint.Http2Address, limit);
        if (connected.Value is not { } socket) { return connected.Error!; }

        var connection = new Http2Connection(socket, endpoint, time);
        await connection.SendAsync(Http2Defaults.Preface); // A new socket has room for it.
        connection.Closed = connection.ReadAsync();
        return connection;
    }

    /// <summary>Asks for a sign of life. Returns how the connection ended instead; <see langword="null"/> when it lives and talks HTTP/2.</summary>
    public async Task<StreamEnd?> PingAsync(CancellationToken limit)
    {
        await SendAsync(Frame.Of(FrameType.Ping, FrameFlags.None, 0, new byte[8])).WaitAsync(limit);
        await Task.WhenAny(_pinged.Task, Closed).WaitAsync(limit);
        lock (_lock)
        {
            if (_heardGoAway) { return new StreamEnd(ExchangeEnd.Closed, $"it said GOAWAY ({ErrorCode.NameOf(_goAwayCode)})"); }
            return _pinged.Task.IsCompleted ? null : _end;
        }
    }

    /// <summary>Closes it, as a client does that has nothing left to say. Harmless when repeated.</summary>
    public void Dispose() => HangUp();

    private bool HasRoomLocked() => !IsLeavingLocked() && _streams.Count < _streamLimit;

    private bool IsLeavingLocked()
    {
        System.Diagnostics.Debug.Assert(_lock.IsHeldByCurrentThread);
        return _heardGoAway || _takesNothing || _end is not null || _nextId >= int.MaxValue - 1;
    }

    // The reader sees the end and disposes the socket: disposing it here, with a receive pending, would send an RST.
    private void HangUp()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The server was faster, or this is the second call.
        }
    }
}
