namespace Quiesce.AspNetCore.LongLived;

/// <summary>Follows the WebSocket frames in a stream of bytes (RFC 6455, 5.2), however they are cut up.</summary>
/// <remarks>A control frame may stand between any two frames, also of one message, but never inside of one.</remarks>
internal struct FrameBoundary
{
    private const byte Close = 0x8;

    private ulong _payload; // that is still to come
    private ulong _length;
    private int _header; // bytes of it that have been seen
    private int _extended; // bytes in which a long length is written
    private int _mask;
    private byte _opcode;

    /// <summary>Gets a value indicating whether the next byte begins a frame.</summary>
    public readonly bool IsHere => _header == 0 && _payload == 0;

    /// <summary>Gets a value indicating whether a close frame has begun: nothing may follow it.</summary>
    public bool HasClosed { get; private set; }

    public void Pass(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_payload > 0)
            {
                int some = (int)Math.Min(_payload, (ulong)bytes.Length);
                _payload -= (ulong)some;
                bytes = bytes[some..];
                continue;
            }

            PassHeader(bytes[0]);
            bytes = bytes[1..];
        }
    }

    private void PassHeader(byte value)
    {
        _header++;
        if (_header == 1) { _opcode = (byte)(value & 0x0F); }
        else if (_header == 2)
        {
            int length = value & 0x7F;
            _mask = (value & 0x80) == 0 ? 0 : 4;
            _extended = length switch { 126 => 2, 127 => 8, _ => 0 };
            _length = _extended == 0 ? (ulong)length : 0;
        }
        else if (_header <= 2 + _extended) { _length = (_length << 8) | value; }

        if (_header < 2 || _header < 2 + _extended + _mask) { return; }

        HasClosed |= _opcode == Close;
        _payload = _length;
        _header = 0;
    }
}
