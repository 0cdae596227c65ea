using System.Text;

namespace Quiesce.Cli.Rehearse.Wire.Http2.Headers;

/// <summary>Writes a header block (HPACK, RFC 7541) in its plainest form: nothing is indexed, and nothing is compressed.</summary>
internal sealed class HeaderBlockWriter
{
    private const byte Literal = 0x00;
    private const int Continued = 0x7f;

    private readonly List<byte> _bytes = new(256);

    public void Write(string name, string value)
    {
        _bytes.Add(Literal);
        WriteText(name);
        WriteText(value);
    }

    public byte[] ToArray() => [.. _bytes];

    private void WriteText(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        WriteNumber(bytes.Length);
        _bytes.AddRange(bytes);
    }

    private void WriteNumber(int number)
    {
        if (number < Continued)
        {
            _bytes.Add((byte)number);
            return;
        }

        _bytes.Add(Continued);
        for (number -= Continued; number >= 0x80; number >>= 7) { _bytes.Add((byte)(number | 0x80)); }
        _bytes.Add((byte)number);
    }
}
