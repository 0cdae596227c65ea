using System.Buffers.Binary;
using System.Net.Sockets;

namespace Quiesce.Cli.Rehearse.Wire.Http2;

/// <summary>Reads frames off a socket.</summary>
/// <remarks>Not thread-safe. Throws <see cref="EndOfStreamException"/>, <see cref="SocketException"/>, <see cref="ObjectDisposedException"/> or
/// <see cref="MalformedAnswerException"/>.</remarks>
internal sealed class FrameReader(Socket socket)
{
    private readonly byte[] _bytes = new byte[2 * (Frame.HeadBytes + Frame.PayloadLimitBytes)];

    // Invariant: 0 <= _start <= _end <= _bytes.Length; what was received and not read lies between.
    private int _start;
    private int _end;
    private bool _begun;

    public async ValueTask<Frame> ReadAsync()
    {
        await FillAsync(Frame.HeadBytes);
        int length = BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(_start)) >>> 8;
        var type = (FrameType)_bytes[_start + 3];
        // What talks HTTP/1.1 is found at once: its answer reads as a frame of four megabytes. Kestrel's says GOAWAY instead, and nothing else.
        if (length > Frame.PayloadLimitBytes || (!_begun && type is not (FrameType.Settings or FrameType.GoAway)))
        {
            throw new MalformedAnswerException($"{HeadParser.Quote(_bytes.AsSpan(_start, _end - _start))} is no frame of HTTP/2 to expect");
        }

        _begun = true;
        await FillAsync(Frame.HeadBytes + length);
        var frame = new Frame(
            type, (FrameFlags)_bytes[_start + 4], BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(_start + 5)) & int.MaxValue,
            _bytes.AsMemory(_start + Frame.HeadBytes, length));
        _start += Frame.HeadBytes + length;
        return frame;
    }

    private async ValueTask FillAsync(int count)
    {
        if (_start + count > _bytes.Length)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        while (_end - _start < count)
        {
            int received = await socket.ReceiveAsync(_bytes.AsMemory(_end), SocketFlags.None);
            if (received == 0) { throw new EndOfStreamException(); }
            _end += received;
        }
    }
}
