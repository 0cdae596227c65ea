using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Quiesce.AspNetCore.Tests.Support;

/// <summary>A client that has connected and said something, and waits for an answer.</summary>
internal sealed class WaitingClient : IDisposable
{
    private readonly Socket _socket;

    private WaitingClient(Socket socket) => _socket = socket;

    public static async Task<WaitingClient> ConnectAsync(EndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(endpoint).OrHang();
        await socket.SendAsync("hello"u8.ToArray());
        return new WaitingClient(socket);
    }

    public static Task<WaitingClient[]> ConnectAsync(EndPoint endpoint, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => ConnectAsync(endpoint)));

    public async Task<string> ReadAsync()
    {
        byte[] answer = new byte[64];
        return Encoding.ASCII.GetString(answer, 0, await _socket.ReceiveAsync(answer).OrHang());
    }

    public void Dispose() => _socket.Dispose();
}
