using System.Net;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Rehearse.Wire.Networks;

namespace Quiesce.Cli.Rehearse.Faults.Clients;

/// <summary>One client that does not behave, on a connection of its own, straight to the instance that leaves.</summary>
/// <remarks>Whoever starts one MUST dispose it, which breaks it off wherever it is; <see cref="EndAsync"/> first, if anybody wants to know how it ended.</remarks>
internal abstract class FaultClient(IPEndPoint server, TimeProvider time) : IAsyncDisposable
{
    // What lies in the kernel after the end of the instance is read in far less; only a stranger that holds its connection takes longer.
    private static readonly TimeSpan _afterwards = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _signalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _giveUp = new();
    private readonly Answer _answer = new();
    private Task<FaultEnd>? _run;
    private bool _disposed;

    /// <summary>Gets how it ended, once it has; <see cref="StartAsync"/> comes first.</summary>
    public Task<FaultEnd> Ended => _run!;

    /// <summary>Gets when it ended; set once <see cref="EndAsync"/> has returned.</summary>
    public long EndedAt { get; private set; }

    /// <summary>Gets the status of its answer; <see langword="null"/> without one.</summary>
    public int? Status => _answer.Status;

    /// <summary>Gets whether it was where the fault wants it when the signal was sent.</summary>
    public bool WasReady { get; private set; }

    protected TimeProvider Time => time;

    /// <summary>Connects, and returns once it is where it is to be at the signal, or will never be.</summary>
    public Task StartAsync()
    {
        _run = RunAsync();
        return _ready.Task;
    }

    /// <summary>The signal was sent.</summary>
    public void AfterSignal()
    {
        WasReady = _ready.Task.IsCompleted;
        _signalled.TrySetResult();
    }

    /// <summary>The instance has gone: how did it end?</summary>
    public async Task<FaultEnd> EndAsync()
    {
        _signalled.TrySetResult();
        _hurry.TrySetResult();
        await Task.WhenAny(_run!, Task.Delay(_afterwards, time));
        await _giveUp.CancelAsync();
        return await _run!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) { return; }
        _disposed = true;
        _signalled.TrySetResult();
        _hurry.TrySetResult();
        await _giveUp.CancelAsync();
        await (_run ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // EndAsync has told.
        _giveUp.Dispose();
    }

    /// <summary>For clients that need a socket of another kind, before it connects.</summary>
    protected virtual void Prepare(Socket socket)
    {
    }

    /// <summary>Sends and reads. Calls <paramref name="ready"/> once it is where it is to be at the signal.</summary>
    /// <exception cref="SocketException">The server closed or reset it.</exception>
    /// <exception cref="EndOfStreamException">The server closed it.</exception>
    protected abstract Task PlayAsync(Socket socket, Action ready, CancellationToken giveUp);

    /// <summary>Waits for the signal, then so long; no longer than until the instance has gone: nothing is to be gained by behaving badly then.</summary>
    protected async ValueTask PauseAsync(TimeSpan pause)
    {
        await _signalled.Task;
        if (!_hurry.Task.IsCompleted) { await Task.WhenAny(Task.Delay(pause, time), _hurry.Task); }
    }

    protected static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken giveUp)
    {
        while (!bytes.IsEmpty) { bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, giveUp)..]; }
    }

    protected Task ReadAnswerAsync(Socket socket, ReceiveBuffer bytes, bool isHead, CancellationToken giveUp) =>
        new AnswerReader(socket, bytes, _answer).ReadAsync(isHead, giveUp);

    /// <summary>Reads the answer while something is still being sent: it may come before the end of that, and ends it.</summary>
    /// <param name="sendAsync">Until it is done, or ended.</param>
    protected async Task ReadWhileSendingAsync(Socket socket, Func<CancellationToken, Task> sendAsync, CancellationToken giveUp)
    {
        using var bytes = new ReceiveBuffer();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        Task<SocketException?> sending = TrySendAsync(sendAsync, ended.Token);
        SocketException? broken = null;
        bool closed = false;
        try
        {
            await ReadAnswerAsync(socket, bytes, isHead: false, giveUp);
        }
        catch (EndOfStreamException)
        {
            closed = true;
        }
        finally
        {
            await ended.CancelAsync();
            broken = await sending;
        }

        // The kernel tells of a reset once. If the sending side has heard of it, the reading side is told of an end of the stream.
        if (closed) { throw broken is { SocketErrorCode: SocketError.ConnectionReset } ? broken : new EndOfStreamException(); }
    }

    // How it ended, the reading side knows, but for a reset that it was not told of.
    private static async Task<SocketException?> TrySendAsync(Func<CancellationToken, Task> sendAsync, CancellationToken ended)
    {
        try
        {
            await sendAsync(ended);
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (SocketException error)
        {
            return error;
        }
    }

    private async Task<FaultEnd> RunAsync()
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        bool connected = false;
        try
        {
            Prepare(socket);
            await socket.ConnectAsync(server, _giveUp.Token);
            connected = !Loopback.IsConnectedToItself(socket);
            if (!connected) { return FaultEnd.Refused; }
            await PlayAsync(socket, () => _ready.TrySetResult(), _giveUp.Token);
            return FaultEnd.Answered;
        }
        catch (OperationCanceledException)
        {
            return FaultEnd.GaveUp;
        }
        catch (MalformedAnswerException)
        {
            return FaultEnd.Answered; // It said something, and be it no HTTP.
        }
        catch (Exception end) when (end is SocketException or EndOfStreamException)
        {
            if (!connected) { return FaultEnd.Refused; }
            if (_answer.Begun) { return FaultEnd.CutOff; }
            return end is SocketException ? FaultEnd.Reset : FaultEnd.Closed;
        }
        finally
        {
            EndedAt = time.GetTimestamp();
            _ready.TrySetResult();
        }
    }
}
