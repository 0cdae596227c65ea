using System.Net;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Wire;

namespace Quiesce.Cli.Rehearse.Faults.Clients;

/// <summary>A request that goes on until the program ends it: an answer without an end, or a body whose client goes on sending.</summary>
/// <param name="beginning">The whole request, or the head of one whose body comes in chunks.</param>
/// <param name="sendsForEver">Whether the body never ends.</param>
internal sealed class EndlessClient(ReadOnlyMemory<byte> beginning, bool sendsForEver, IPEndPoint server, TimeProvider time) : FaultClient(server, time)
{
    // Often enough that no server takes it for dead.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private static readonly byte[] _chunk = "1\r\n0\r\n"u8.ToArray();

    protected override async Task PlayAsync(Socket socket, Action ready, CancellationToken giveUp)
    {
        await SendAsync(socket, beginning, giveUp);
        ready();
        if (sendsForEver)
        {
            await ReadWhileSendingAsync(socket, ended => SendForEverAsync(socket, ended), giveUp);
            return;
        }

        using var bytes = new ReceiveBuffer();
        await ReadAnswerAsync(socket, bytes, isHead: false, giveUp);
    }

    private async Task SendForEverAsync(Socket socket, CancellationToken ended)
    {
        while (true)
        {
            await Task.Delay(_pause, Time, ended);
            await SendAsync(socket, _chunk, ended);
        }
    }
}
