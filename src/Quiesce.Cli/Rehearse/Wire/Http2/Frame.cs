using System.Buffers.Binary;

namespace Quiesce.Cli.Rehearse.Wire.Http2;

/// <summary>One frame (RFC 9113, section 4.1).</summary>
/// <param name="Payload">Valid until the next frame is read.</param>
internal readonly record struct Frame(FrameType Type, FrameFlags Flags, int Stream, ReadOnlyMemory<byte> Payload)
{
    /// <summary>What ends a stream elsewhere says of SETTINGS and PING that they are the answer.</summary>
    public const FrameFlags Ack = FrameFlags.EndStream;

    public const int HeadBytes = 9;

    /// <summary>The longest payload that either side may send without being allowed more, which nobody here asks for.</summary>
    public const int PayloadLimitBytes = 16 * 1024;

    public bool Has(FrameFlags flag) => (Flags & flag) != 0;

    /// <summary>The payload without its padding, and without the priority that HEADERS may begin with.</summary>
    /// <exception cref="MalformedAnswerException">It is shorter than it says.</exception>
    public ReadOnlySpan<byte> Content()
    {
        ReadOnlySpan<byte> bytes = Payload.Span;
        int padding = Has(FrameFlags.Padded) && bytes.Length > 0 ? bytes[0] : 0;
        int skipped = (Has(FrameFlags.Padded) ? 1 : 0) + (Type == FrameType.Headers && Has(FrameFlags.Priority) ? 5 : 0);
        if (skipped + padding > bytes.Length) { throw new MalformedAnswerException($"a frame {Type} is shorter than its padding"); }
        return bytes[skipped..^padding];
    }

    /// <summary>The number that a frame of one number holds, or one of several at <paramref name="offset"/>; its highest bit means nothing.</summary>
    /// <exception cref="MalformedAnswerException">It is too short.</exception>
    public int NumberAt(int offset)
    {
        if (Payload.Length < offset + sizeof(int)) { throw new MalformedAnswerException($"a frame {Type} of {Payload.Length} bytes is too short"); }
        return BinaryPrimitives.ReadInt32BigEndian(Payload.Span[offset..]) & int.MaxValue;
    }

    /// <summary>Puts a frame together as it goes out.</summary>
    public static byte[] Of(FrameType type, FrameFlags flags, int stream, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[HeadBytes + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = (byte)type;
        frame[4] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(HeadBytes));
        return frame;
    }

    /// <summary>A frame whose payload is one number: RST_STREAM, WINDOW_UPDATE.</summary>
    public static byte[] Of(FrameType type, int stream, int number)
    {
        Span<byte> payload = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(payload, number);
        return Of(type, FrameFlags.None, stream, payload);
    }
}
