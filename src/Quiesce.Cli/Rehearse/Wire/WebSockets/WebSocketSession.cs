using System.Buffers.Binary;
using System.Net.Sockets;

namespace Quiesce.Cli.Rehearse.Wire.WebSockets;

/// <summary>A WebSocket after its handshake: it listens for as long as it wants to stay, then says good-bye.</summary>
/// <remarks>
/// <para>It ends well if the server answers our close, or closes first with 1001 (going away) or 1012 (service restart): both tell a client to come
/// back (RFC 6455, section 7.4.1; IANA's registry). Any other end before we wanted to leave is a cut, 1000 included: a client that hears it does not come back.</para>
/// <para>Messages are read and thrown away, pings answered. Throws what <see cref="AnswerReader"/> throws, and <see cref="StreamCutException"/>.</para>
/// </remarks>
internal sealed class WebSocketSession(Socket socket, ReceiveBuffer bytes)
{
    private const int Normal = 1000, GoingAway = 1001, NoCode = 1005, ServiceRestart = 1012;

    private bool _leaving;

    /// <param name="greeting">What to say first; empty for nothing.</param>
    /// <param name="stay">Completes when the client wants to leave.</param>
    /// <param name="limit">When it has lost its patience.</param>
    public async Task RunAsync(ReadOnlyMemory<byte> greeting, Task stay, CancellationToken limit)
    {
        if (!greeting.IsEmpty) { await SendAsync(WebSocketFrame.Of(WebSocketFrame.Text, greeting.Span), limit); }
        Task<int> closing = ReadToCloseAsync(limit);
        if (await Task.WhenAny(closing, stay) == stay && !closing.IsCompleted)
        {
            _leaving = true;
            await SendAsync(WebSocketFrame.OfClose(Normal), limit);
        }

        int code = await closing;
        if (_leaving) { return; }
        if (code is not (GoingAway or ServiceRestart)) { throw new StreamCutException($"the server closed the WebSocket with {code}"); }
        await SendAsync(WebSocketFrame.OfClose(code), limit);
    }

    private async Task<int> ReadToCloseAsync(CancellationToken limit)
    {
        while (true)
        {
            await NeedAsync(2, limit);
            int opcode = bytes.Unread[0] & 0x0F, length = bytes.Unread[1] & 0x7F;
            int head = length switch { 126 => 4, 127 => 10, _ => 2 };
            await NeedAsync(head, limit);
            long size = length switch
            {
                126 => BinaryPrimitives.ReadUInt16BigEndian(bytes.Unread[2..]),
                127 => BinaryPrimitives.ReadInt64BigEndian(bytes.Unread[2..]),
                _ => length,
            };
            bytes.Consume(head);
            if (opcode == WebSocketFrame.Close) { return await ReadCodeAsync((int)size, limit); }
            await TakeAsync(opcode, size, limit);
        }
    }

    private async Task<int> ReadCodeAsync(int size, CancellationToken limit)
    {
        await NeedAsync(size, limit);
        return size < 2 ? NoCode : BinaryPrimitives.ReadUInt16BigEndian(bytes.Unread);
    }

    private async Task TakeAsync(int opcode, long size, CancellationToken limit)
    {
        if (opcode == WebSocketFrame.Ping)
        {
            await NeedAsync((int)size, limit);
            byte[] pong = WebSocketFrame.Of(WebSocketFrame.Pong, bytes.Unread[..(int)size]);
            if (!_leaving) { await SendAsync(pong, limit); }
        }

        while (size > 0)
        {
            await NeedAsync(1, limit);
            int count = (int)Math.Min(size, bytes.Unread.Length);
            bytes.Consume(count);
            size -= count;
        }
    }

    private async Task NeedAsync(int count, CancellationToken limit)
    {
        while (bytes.Unread.Length < count)
        {
            if (await bytes.FillAsync(socket, limit) == 0) { throw new StreamCutException("the WebSocket was cut without a close"); }
        }
    }

    // A send that fails ends nothing: the reader learns of it too, may first find a close, and must have ended before anybody leaves.
    private async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken limit)
    {
        try
        {
            while (!frame.IsEmpty) { frame = frame[await socket.SendAsync(frame, SocketFlags.None, limit)..]; }
        }
        catch (SocketException)
        {
        }
        catch (OperationCanceledException)
        {
        }
    }
}
