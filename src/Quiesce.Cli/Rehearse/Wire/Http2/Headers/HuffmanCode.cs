using System.Text;

namespace Quiesce.Cli.Rehearse.Wire.Http2.Headers;

/// <summary>The code in which strings of a header block may be written (RFC 7541, appendix B).</summary>
/// <remarks>It is canonical: within a length codes count up with the symbols, and so the lengths say everything.</remarks>
internal static class HuffmanCode
{
    private const int Longest = 30, Symbols = 257, EndOfString = 256;

    private static readonly byte[] _lengths =
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ];

    // The symbols in the order of their codes; for each length how many have it, and which comes first.
    private static readonly int[] _symbols = [.. Enumerable.Range(0, Symbols).OrderBy(static symbol => _lengths[symbol])];
    private static readonly int[] _counts = [.. Enumerable.Range(0, Longest + 1).Select(static length => _lengths.Count(other => other == length))];
    private static readonly int[] _firsts = [.. Enumerable.Range(0, Longest + 1).Select(static length => _lengths.Count(other => other < length))];

    /// <summary>Reads a whole string. What is left at the end and is no symbol is padding.</summary>
    /// <exception cref="MalformedAnswerException">The end is inside the string.</exception>
    public static string Read(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        int code = 0, first = 0, length = 0;
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            // Of the codes of this length, "first" is the lowest: what is not among them is the beginning of a longer one.
            code = (code << 1) | ((bytes[bit / 8] >> (7 - (bit % 8))) & 1);
            first = (first + _counts[length++]) << 1;
            if (code - first >= _counts[length]) { continue; }
            int symbol = _symbols[_firsts[length] + code - first];
            if (symbol == EndOfString) { throw new MalformedAnswerException("a string of its header block goes on after its end"); }
            text.Append((char)symbol);
            code = first = length = 0;
        }

        return text.ToString();
    }
}
