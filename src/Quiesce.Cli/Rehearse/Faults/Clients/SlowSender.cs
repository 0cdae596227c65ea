using System.Net;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Wire;

namespace Quiesce.Cli.Rehearse.Faults.Clients;

/// <summary>Sends a request whose body is half-way at the signal, and comes to its end a second after it.</summary>
/// <param name="request">With a body.</param>
/// <param name="server">Where to.</param>
/// <param name="time">The clock of its pauses.</param>
internal sealed class SlowSender(WireRequest request, IPEndPoint server, TimeProvider time) : FaultClient(server, time)
{
    // A second in all, whatever the body's length: no server takes that for an attack.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);
    private const int Pieces = 20;

    protected override async Task PlayAsync(Socket socket, Action ready, CancellationToken giveUp)
    {
        int half = FaultRequests.HalfOfBody(request.Bytes.Span);
        await SendAsync(socket, request.Bytes[..half], giveUp);
        ready();
        await ReadWhileSendingAsync(socket, ended => SendRestAsync(socket, request.Bytes[half..], ended), giveUp);
    }

    private async Task SendRestAsync(Socket socket, ReadOnlyMemory<byte> rest, CancellationToken ended)
    {
        int piece = Math.Max(1, rest.Length / Pieces);
        while (!rest.IsEmpty)
        {
            await PauseAsync(_pause).AsTask().WaitAsync(ended);
            int length = Math.Min(piece, rest.Length);
            await SendAsync(socket, rest[..length], ended);
            rest = rest[length..];
        }
    }
}
