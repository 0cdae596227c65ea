using System.Net;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Wire;

namespace Quiesce.Cli.Rehearse.Faults.Clients;

/// <summary>Sends a whole request and reads the answer slowly, with little room in the kernel: the server cannot get rid of a large one at once.</summary>
internal sealed class SlowClient(WireRequest request, IPEndPoint server, TimeProvider time) : FaultClient(server, time)
{
    // 4 KiB each 50 ms, 80 KiB a second: a phone at the edge of its cell.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);
    private const int KernelBytes = 4 * 1024;

    private readonly TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override void Prepare(Socket socket) => socket.ReceiveBufferSize = KernelBytes;

    protected override void Hurry() => _hurry.TrySetResult();

    protected override async Task PlayAsync(Socket socket, Action ready, CancellationToken giveUp)
    {
        await SendAsync(socket, request.Bytes, giveUp);
        ready();
        using var bytes = new ReceiveBuffer(PauseAsync);
        await ReadAnswerAsync(socket, bytes, request.IsHead, giveUp);
    }

    private async ValueTask PauseAsync()
    {
        if (!_hurry.Task.IsCompleted) { await Task.WhenAny(Task.Delay(_pause, Time), _hurry.Task); }
    }
}
