using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Wire.Networks;

namespace Quiesce.Cli.Rehearse.Wire;

/// <summary>One client connection over a raw socket: no retry, no redirect, nothing hidden.</summary>
/// <remarks>
/// <para>One owner at a time: whoever opened it or took it from the pool. One exchange at a time.</para>
/// <para>After any end other than a complete answer that allows reuse, <see cref="CanBeReused"/> is <see langword="false"/>, and the owner
/// MUST dispose it.</para>
/// </remarks>
internal sealed partial class WireConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private readonly ReceiveBuffer _bytes = new();
    private bool _isIdle;

    internal WireConnection(Socket socket, Endpoint endpoint, TimeProvider time)
    {
        _socket = socket;
        _time = time;
        Endpoint = endpoint;
    }

    public Endpoint Endpoint { get; }

    /// <summary>How many complete answers it has carried.</summary>
    public int Uses { get; private set; }

    /// <summary>When its last answer was complete; <see langword="null"/> before the first.</summary>
    public long? LastUsedAt { get; private set; }

    public bool CanBeReused { get; private set; }

    /// <summary>Gets or sets a value indicating whether it waits in a pool for a request. The pool's.</summary>
    public bool IsIdle
    {
        get => Volatile.Read(ref _isIdle);
        set => Volatile.Write(ref _isIdle, value);
    }

    /// <summary>Connects, or says why no connection was made. The limit bounds it; nothing is sent.</summary>
    /// <exception cref="OperationCanceledException">No connection was made before the limit passed.</exception>
    public static async Task<Connected<WireConnection>> ConnectAsync(Endpoint endpoint, IWireNetwork network, TimeProvider time, CancellationToken limit)
    {
        Connected<Socket> connected = await network.ConnectAsync(endpoint.Address, limit);
        return connected.Value is { } socket ? new WireConnection(socket, endpoint, time) : connected.Error!;
    }

    /// <summary>Closes with a FIN, as a client does that has nothing left to say.</summary>
    public void Dispose()
    {
        EndIdleWatch();
        _socket.Dispose();
        _bytes.Dispose();
    }
}
