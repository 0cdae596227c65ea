using System.Net.Sockets;
using System.Text;

namespace Quiesce.Cli.Tests.Misbehaving;

/// <summary>The server's end of one connection.</summary>
internal sealed class TestPeer(Socket socket)
{
    private readonly byte[] _bytes = new byte[4 * 1024];
    private string _unread = "";

    /// <summary>Gets the socket, for scripts that speak something else.</summary>
    public Socket Socket => socket;

    /// <summary>Reads one request, head and body; <see langword="null"/> when the client closed first.</summary>
    public async Task<string?> ReadRequestAsync()
    {
        int headEnd;
        while ((headEnd = _unread.IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
        {
            if (!await ReceiveAsync()) { return null; }
        }

        int length = headEnd + 4 + BodyLength(_unread[..headEnd]);
        while (_unread.Length < length)
        {
            if (!await ReceiveAsync()) { return null; }
        }

        string request = _unread[..length];
        _unread = _unread[length..];
        return request;
    }

    /// <summary>Everything that was received and belongs to no request that was read.</summary>
    public string Unread => _unread;

    /// <summary>Reads whatever comes next, whole request or not.</summary>
    public async Task<string> ReadPartAsync()
    {
        int before = _unread.Length;
        await ReceiveAsync();
        return _unread[before..];
    }

    /// <summary>Reads whatever comes next and leaves the rest in the kernel; a close then resets.</summary>
    public async Task ReadSomeAsync() => await socket.ReceiveAsync(_bytes.AsMemory(0, 64));

    /// <summary>Completes when the client has closed its end. Fails if it sends more instead.</summary>
    public async Task WaitForCloseAsync() => Assert.False(await ReceiveAsync(), "The client sent more on a connection it had to close.");

    public async Task SendAsync(string text)
    {
        ReadOnlyMemory<byte> bytes = Encoding.Latin1.GetBytes(text);
        while (!bytes.IsEmpty) { bytes = bytes[await socket.SendAsync(bytes)..]; }
    }

    /// <summary>How much of what is sent fits into one segment, as the client has asked for.</summary>
    public int SegmentBytes()
    {
        byte[] bytes = new byte[sizeof(int)];
        socket.GetRawSocketOption(optionLevel: 6, optionName: 2, bytes); // IPPROTO_TCP and TCP_MAXSEG on Linux.
        return BitConverter.ToInt32(bytes);
    }

    /// <summary>Sends a FIN and still reads.</summary>
    public void FinishSending() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Sends a FIN, or an RST if something is unread.</summary>
    public void Close() => socket.Dispose();

    /// <summary>Sends an RST.</summary>
    public void Reset()
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        socket.Dispose();
    }

    private async Task<bool> ReceiveAsync()
    {
        int received = await socket.ReceiveAsync(_bytes);
        _unread += Encoding.Latin1.GetString(_bytes, 0, received);
        return received > 0;
    }

    private static int BodyLength(string head)
    {
        const string Field = "\r\nContent-Length: ";
        int at = head.IndexOf(Field, StringComparison.Ordinal);
        return at < 0 ? 0 : int.Parse(head.AsSpan(at + Field.Length).TrimEnd("\r\n").ToString().Split('\r')[0]);
    }
}
