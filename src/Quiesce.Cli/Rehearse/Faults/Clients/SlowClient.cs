using System.Net;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Wire;

namespace Quiesce.Cli.Rehearse.Faults.Clients;

/// <summary>Sends a whole request, lets the answer begin, and reads it slowly from the signal on: the server cannot get rid of a large one at once.</summary>
internal sealed class SlowClient(WireRequest request, IPEndPoint server, TimeProvider time) : FaultClient(server, time)
{
    // 4 KiB each 50 ms, at most 80 KiB a second: a phone at the edge of its cell.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);
    private const int KernelBytes = 4 * 1024;

    // What fits into a packet of a network card. The kernel gives a connection room for so many segments, and those of loopback hold 64 KiB:
    // the server would get rid of almost 3 MB that nobody has read, instead of some 70 KiB.
    private const int SegmentBytes = 1460;
    private const int TcpLevel = 6, TcpMaximumSegment = 2; // IPPROTO_TCP and TCP_MAXSEG on Linux.

    protected override void Prepare(Socket socket)
    {
        socket.ReceiveBufferSize = KernelBytes;
        socket.SetRawSocketOption(TcpLevel, TcpMaximumSegment, BitConverter.GetBytes(SegmentBytes));
    }

    protected override async Task PlayAsync(Socket socket, Action ready, CancellationToken giveUp)
    {
        await SendAsync(socket, request.Bytes, giveUp);

        // Waits for the answer's first byte and leaves it where it is: the signal is to come in the middle of the answer.
        if (await socket.ReceiveAsync(new byte[1], SocketFlags.Peek, giveUp) == 0) { throw new EndOfStreamException(); }
        ready();
        using var bytes = new ReceiveBuffer(() => PauseAsync(_pause));
        await ReadAnswerAsync(socket, bytes, request.IsHead, giveUp);
    }
}
