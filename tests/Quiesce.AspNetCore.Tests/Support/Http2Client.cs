using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Quiesce.AspNetCore.Tests.Support;

/// <summary>One HTTP/2 connection (h2c, prior knowledge) that answers nothing and never hangs up by itself.</summary>
internal sealed class Http2Client : IDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte GoAway = 7;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    public static async Task<Http2Client> ConnectAsync(int port)
    {
        var client = new Http2Client();
        await client._socket.ConnectAsync(IPAddress.Loopback, port).OrHang();
        byte[] settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
        await client._socket.SendAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. settings]).OrHang();
        return client;
    }

    /// <summary>Begins a stream with a whole request.</summary>
    public Task GetAsync(byte stream, string path) => BeginAsync(stream, method: 0x82, path, flags: 0x5);

    /// <summary>Begins a stream whose body is still to come.</summary>
    public Task BeginPostAsync(byte stream, string path) => BeginAsync(stream, method: 0x83, path, flags: 0x4);

    /// <summary>Sends a part of a body.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="text">The part.</param>
    /// <param name="isLast">Whether the body ends with it.</param>
    public Task SendAsync(byte stream, string text, bool isLast = false) =>
        _socket.SendAsync((byte[])[0, 0, (byte)text.Length, Data, (byte)(isLast ? 1 : 0), 0, 0, 0, stream, .. Encoding.ASCII.GetBytes(text)]).OrHang();

    /// <summary>Reads the next part of a body.</summary>
    public async Task<string> ReadDataAsync() => Encoding.ASCII.GetString((await ReadFrameAsync(Data)).Payload);

    /// <summary>Reads frames up to the first of <paramref name="type"/>.</summary>
    /// <returns>Its type, its stream, and the first four bytes of its payload.</returns>
    public async Task<(byte Type, int Stream, uint Payload)> ReadUntilAsync(byte type)
    {
        (byte[] head, byte[] payload) = await ReadFrameAsync(type);
        return (type, BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), BinaryPrimitives.ReadUInt32BigEndian(payload));
    }

    public async Task ReadToEndAsync()
    {
        byte[] buffer = new byte[4096];
        while (await _socket.ReceiveAsync(buffer).OrHang() > 0) { }
    }

    public void Dispose() => _socket.Dispose();

    private Task<int> BeginAsync(byte stream, byte method, string path, byte flags)
    {
        // HPACK (RFC 7541): method and http from the static table, :path and :authority as literals without indexing.
        byte[] block = [method, 0x86, 0x04, (byte)path.Length, .. Encoding.ASCII.GetBytes(path), 0x01, 4, .. "test"u8];
        return _socket.SendAsync((byte[])[0, 0, (byte)block.Length, Headers, flags, 0, 0, 0, stream, .. block]).OrHang();
    }

    private async Task<(byte[] Head, byte[] Payload)> ReadFrameAsync(byte type)
    {
        while (true)
        {
            byte[] head = await ReadAsync(9);
            byte[] payload = await ReadAsync((head[0] << 16) | (head[1] << 8) | head[2]);
            if (head[3] == type) { return (head, payload); }
        }
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        for (int read = 0; read < count;)
        {
            int some = await _socket.ReceiveAsync(bytes.AsMemory(read)).AsTask().OrHang();
            Assert.NotEqual(0, some);
            read += some;
        }

        return bytes;
    }
}
