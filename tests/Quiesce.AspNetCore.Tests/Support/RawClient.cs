using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Quiesce.AspNetCore.Tests.Support;

/// <summary>One HTTP/1.1 connection that hides nothing.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket;

    private RawClient(Socket socket) => _socket = socket;

    public static Task<RawClient> ConnectAsync(int port) => ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));

    public static Task<RawClient> ConnectAsync(EndPoint server) => ConnectAsync(server, from: null);

    public static async Task<RawClient> ConnectAsync(EndPoint server, IPAddress? from)
    {
        var client = new RawClient(new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Unspecified));
        if (from is not null) { client._socket.Bind(new IPEndPoint(from, 0)); }

        try { await client._socket.ConnectAsync(server).OrHang(); }
        catch (SocketException)
        {
            client.Dispose();
            throw;
        }

        return client;
    }

    /// <summary>Sends a request and reads its answer.</summary>
    public async Task<string> GetAsync(string path, string method = "GET")
    {
        await SendAsync(path, method);
        return await ReadAsync();
    }

    public Task SendAsync(string path, string method = "GET") =>
        SendTextAsync($"{method} {path} HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n");

    public Task SendTextAsync(string text) => _socket.SendAsync(Encoding.ASCII.GetBytes(text)).OrHang();

    /// <summary>Reads head and body of one answer: up to its Content-Length, its last chunk, or the end of the stream.</summary>
    public async Task<string> ReadAsync()
    {
        var answer = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!IsWhole(answer.ToString()))
        {
            int count = await _socket.ReceiveAsync(buffer).OrHang();
            if (count == 0) { break; }

            answer.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return answer.ToString();
    }

    /// <summary>Reads until the server closes or resets the connection: by then it has done everything for its requests.</summary>
    public async Task ReadToEndAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (await _socket.ReceiveAsync(buffer).OrHang() > 0) { }
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
        }
    }

    /// <summary>Reads until the server closes the connection.</summary>
    /// <returns>How often a character came.</returns>
    public async Task<int> CountToEndAsync(char character)
    {
        int count = 0;
        byte[] buffer = new byte[1 << 16];
        while (await _socket.ReceiveAsync(buffer).OrHang() is > 0 and int some) { count += buffer.AsSpan(0, some).Count((byte)character); }

        return count;
    }

    /// <summary>Reads until the answer contains <paramref name="text"/>.</summary>
    public async Task ReadUntilAsync(string text)
    {
        string answer = "";
        byte[] buffer = new byte[4096];
        while (!answer.Contains(text, StringComparison.Ordinal))
        {
            int count = await _socket.ReceiveAsync(buffer).OrHang();
            Assert.NotEqual(0, count);
            answer += Encoding.ASCII.GetString(buffer, 0, count);
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(string answer)
    {
        int head = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0) { return false; }

        if (answer.StartsWith("HTTP/1.1 204", StringComparison.Ordinal)) { return true; }

        string? length = answer[..head].Split("\r\n").FirstOrDefault(static line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
        return length is null
            ? answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
            : answer.Length - head - 4 >= int.Parse(length["Content-Length: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
