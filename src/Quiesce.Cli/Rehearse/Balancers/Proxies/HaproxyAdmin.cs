using System.Net.Sockets;
using System.Text;

namespace Quiesce.Cli.Rehearse.Balancers.Proxies;

/// <summary>HAProxy's administration socket: one connection for each command, as its manual describes ("Unix Socket commands").</summary>
internal sealed class HaproxyAdmin(string path)
{
    /// <summary>Sends a command and returns what HAProxy says; empty when all is well.</summary>
    public async Task<string> SayAsync(string command, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\n"), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return (await reader.ReadToEndAsync(cancellationToken)).Trim();
    }
}
