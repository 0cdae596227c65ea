using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Quiesce.Cli.Rehearse.Wire.Networks;

/// <summary>One connect whose failure is a value.</summary>
/// <remarks>While one instance has left and the next does not listen yet, each request of a second may be refused: thrown through three methods, that took the
/// load several times the work of a connect, on the cores on which the next instance starts.</remarks>
internal sealed class ConnectOperation : SocketAsyncEventArgs, IValueTaskSource<SocketError>
{
    // Completed on a thread of the pool, which goes on with whoever awaits it.
    private ManualResetValueTaskSourceCore<SocketError> _done;

    // True: without the execution context, which whoever awaits it has anyway.
    private ConnectOperation(EndPoint address)
        : base(true) => RemoteEndPoint = address;

    /// <summary>Connects; <see cref="SocketError.Success"/> or why not.</summary>
    /// <exception cref="OperationCanceledException">The limit passed before.</exception>
    public static async ValueTask<SocketError> RunAsync(Socket socket, EndPoint address, CancellationToken limit)
    {
        limit.ThrowIfCancellationRequested();
        using var operation = new ConnectOperation(address);
        if (!socket.ConnectAsync(operation)) { return operation.SocketError; }
        SocketError error;
        using (limit.UnsafeRegister(static connecting => Socket.CancelConnectAsync((SocketAsyncEventArgs)connecting!), operation))
        {
            error = await new ValueTask<SocketError>(operation, operation._done.Version);
        }

        if (error == SocketError.OperationAborted) { limit.ThrowIfCancellationRequested(); }
        return error;
    }

    public SocketError GetResult(short token) => _done.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _done.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _done.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e) => _done.SetResult(SocketError);
}
