using System.Net;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Wire;

namespace Quiesce.Cli.Rehearse.Faults.Clients;

/// <summary>Sends the beginning of a request and nothing more.</summary>
internal sealed class HalfSentClient(ReadOnlyMemory<byte> beginning, IPEndPoint server, TimeProvider time) : FaultClient(server, time)
{
    protected override async Task PlayAsync(Socket socket, Action ready, CancellationToken giveUp)
    {
        await SendAsync(socket, beginning, giveUp);
        ready();
        using var bytes = new ReceiveBuffer();
        await ReadAnswerAsync(socket, bytes, isHead: false, giveUp);
    }
}
