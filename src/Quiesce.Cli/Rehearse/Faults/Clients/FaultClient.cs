using System.Net;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Rehearse.Wire.Networks;

namespace Quiesce.Cli.Rehearse.Faults.Clients;

/// <summary>One client that does not behave, on a connection of its own, straight to the instance that leaves.</summary>
/// <remarks>Whoever starts one MUST await <see cref="EndAsync"/> and dispose it then.</remarks>
internal abstract class FaultClient(IPEndPoint server, TimeProvider time) : IDisposable
{
    // What lies in the kernel after the end of the instance is read in far less; only a stranger that holds its connection takes longer.
    private static readonly TimeSpan _afterwards = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _giveUp = new();
    private Task<FaultEnd>? _run;

    protected TimeProvider Time => time;

    /// <summary>Gets how it ended, once it has; <see cref="StartAsync"/> comes first.</summary>
    public Task<FaultEnd> Ended => _run!;

    /// <summary>Gets when it ended; set once <see cref="EndAsync"/> has returned.</summary>
    public long EndedAt { get; private set; }

    /// <summary>Connects, and returns once it has sent what it sends before the signal, or could not.</summary>
    public Task StartAsync()
    {
        _run = RunAsync();
        return _ready.Task;
    }

    /// <summary>The instance has gone: how did it end?</summary>
    public async Task<FaultEnd> EndAsync()
    {
        Hurry();
        await Task.WhenAny(_run!, Task.Delay(_afterwards, time));
        await _giveUp.CancelAsync();
        return await _run!;
    }

    public void Dispose() => _giveUp.Dispose();

    /// <summary>Nothing is to be gained by behaving badly any more.</summary>
    protected virtual void Hurry()
    {
    }

    /// <summary>For clients that need a socket of another kind, before it connects.</summary>
    protected virtual void Prepare(Socket socket)
    {
    }

    /// <summary>Sends and reads. Calls <paramref name="ready"/> once everything is sent that is sent before the signal.</summary>
    /// <exception cref="SocketException">The server closed or reset it.</exception>
    /// <exception cref="EndOfStreamException">The server closed it.</exception>
    protected abstract Task PlayAsync(Socket socket, Action ready, CancellationToken giveUp);

    protected static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken giveUp)
    {
        while (!bytes.IsEmpty) { bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, giveUp)..]; }
    }

    protected static Task ReadAnswerAsync(Socket socket, ReceiveBuffer bytes, bool isHead, CancellationToken giveUp) =>
        new AnswerReader(socket, bytes, new Answer()).ReadAsync(isHead, giveUp);

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
            return connected ? FaultEnd.Closed : FaultEnd.Refused;
        }
        finally
        {
            EndedAt = time.GetTimestamp();
            _ready.TrySetResult();
        }
    }
}
