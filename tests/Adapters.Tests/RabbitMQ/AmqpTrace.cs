using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Adapters.Tests.RabbitMQ;

/// <summary>What a client says to a broker, in order, as it went over the wire: the methods of AMQP 0-9-1 by which a consumer leaves.</summary>
internal sealed class AmqpTrace
{
    private const int ProtocolHeader = 8;
    private const int FrameHeader = 7; // type, channel, size
    private const byte MethodFrame = 1;

    private static readonly Dictionary<(int Class, int Method), string> _names = new()
    {
        [(10, 50)] = "connection.close", [(20, 40)] = "channel.close", [(60, 30)] = "basic.cancel", [(60, 80)] = "basic.ack", [(60, 120)] = "basic.nack",
    };

    private readonly ConcurrentQueue<string> _methods = new();
    private byte[] _pending = [];
    private bool _greeted;

    public string[] Methods => [.. _methods];

    /// <summary>Adds what one connection sent; called in order.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> rest = _pending = [.. _pending, .. bytes];
        if (!_greeted && rest.Length >= ProtocolHeader)
        {
            _greeted = true;
            rest = rest[ProtocolHeader..];
        }

        while (_greeted && rest.Length >= FrameHeader && rest.Length > FrameHeader + Size(rest))
        {
            if (rest[0] == MethodFrame) { AddMethod(rest[FrameHeader..]); }

            rest = rest[(FrameHeader + Size(rest) + 1)..]; // and the byte that ends each frame
        }

        _pending = rest.ToArray();
    }

    private static int Size(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt32BigEndian(frame[3..]);

    private void AddMethod(ReadOnlySpan<byte> payload)
    {
        var method = (BinaryPrimitives.ReadInt16BigEndian(payload), BinaryPrimitives.ReadInt16BigEndian(payload[2..]));
        if (_names.TryGetValue(method, out string? name)) { _methods.Enqueue(name); }
    }
}
