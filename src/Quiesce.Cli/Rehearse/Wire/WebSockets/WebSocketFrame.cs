using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Quiesce.Cli.Rehearse.Wire.WebSockets;

/// <summary>Frames as a client sends them (RFC 6455, section 5): whole, and masked.</summary>
internal static class WebSocketFrame
{
    public const byte Text = 0x1, Close = 0x8, Ping = 0x9, Pong = 0xA;

    private const byte Final = 0x80, Masked = 0x80, TwoBytesOfLength = 126, EightBytesOfLength = 127;

    public static byte[] Of(byte opcode, ReadOnlySpan<byte> payload)
    {
        List<byte> frame = [(byte)(Final | opcode)];
        if (payload.Length < TwoBytesOfLength) { frame.Add((byte)(Masked | payload.Length)); }
        else
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
            bool isShort = payload.Length <= ushort.MaxValue;
            frame.Add((byte)(Masked | (isShort ? TwoBytesOfLength : EightBytesOfLength)));
            frame.AddRange(isShort ? length[6..] : length);
        }

        Span<byte> mask = stackalloc byte[4];
        RandomNumberGenerator.Fill(mask);
        frame.AddRange(mask);
        for (int index = 0; index < payload.Length; index++) { frame.Add((byte)(payload[index] ^ mask[index % 4])); }
        return [.. frame];
    }

    public static byte[] OfClose(int code) => Of(Close, [(byte)(code >> 8), (byte)code]);
}
