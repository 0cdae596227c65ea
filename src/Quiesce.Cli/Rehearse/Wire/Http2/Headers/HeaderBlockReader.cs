using System.Text;

namespace Quiesce.Cli.Rehearse.Wire.Http2.Headers;

/// <summary>Reads a header block (HPACK, RFC 7541) into an <see cref="Answer"/>. Only the fields that decide anything are kept.</summary>
/// <remarks>The client tells the server at once that it keeps no table of fields seen before (SETTINGS_HEADER_TABLE_SIZE 0), so a block stands for
/// itself: what says to remember something is obeyed by forgetting it.</remarks>
internal ref struct HeaderBlockReader(ReadOnlySpan<byte> block)
{
    private const string Status = ":status";

    // The part of the static table (RFC 7541, appendix A) that an answer is judged by.
    private const int FirstStatus = 8, ContentLength = 28, RetryAfter = 53, LastOfTable = 61;

    private static readonly int[] _statuses = [200, 204, 206, 304, 400, 404, 500];

    private ReadOnlySpan<byte> _rest = block;

    /// <summary>Reads the whole block.</summary>
    /// <exception cref="MalformedAnswerException">It is no such block, or holds what no answer does.</exception>
    public void ReadInto(Answer answer)
    {
        while (!_rest.IsEmpty)
        {
            byte first = _rest[0];
            if (first >= 0x80) { TakeIndexed(Number(7), answer); }
            else if (first >= 0x40) { TakeLiteral(Number(6), answer); }
            else if (first >= 0x20) { Number(5); } // A change of the table's size: it has none.
            else { TakeLiteral(Number(4), answer); }
        }
    }

    private static void TakeIndexed(int index, Answer answer)
    {
        if (index is 0 or > LastOfTable) { throw new MalformedAnswerException($"its header block refers to entry {index} of a table that was never offered"); }
        // Of the entries with a value only the statuses mean anything here.
        if (index - FirstStatus is >= 0 and var status && status < _statuses.Length) { answer.BeginHead(_statuses[status], isHttp10: false); }
    }

    private void TakeLiteral(int index, Answer answer)
    {
        string name = index == 0 ? Text() : NameOf(index);
        string value = Text();
        switch (name)
        {
            case Status:
                if (value.Length != 3 || !int.TryParse(value, System.Globalization.NumberStyles.None, null, out int status) || status is < 100 or > 599)
                {
                    throw new MalformedAnswerException($"'{value}' is no status");
                }

                answer.BeginHead(status, isHttp10: false);
                break;
            case "retry-after" when value.Length > 0:
                answer.RetryAfter = value;
                break;
            case "quiesce-server" when value.Length > 0:
                answer.ServedBy = value;
                break;
            case "content-length" when long.TryParse(value, System.Globalization.NumberStyles.None, null, out long length):
                answer.ContentLength = length;
                break;
        }
    }

    private static string NameOf(int index) => index switch
    {
        >= FirstStatus and < FirstStatus + 7 => Status,
        ContentLength => "content-length",
        RetryAfter => "retry-after",
        > LastOfTable => throw new MalformedAnswerException($"its header block refers to entry {index} of a table that was never offered"),
        _ => "",
    };

    private string Text()
    {
        if (_rest.IsEmpty) { throw Cut(); }
        bool isHuffman = _rest[0] >= 0x80;
        int length = Number(7);
        if (length > _rest.Length) { throw Cut(); }
        ReadOnlySpan<byte> bytes = _rest[..length];
        _rest = _rest[length..];
        return isHuffman ? HuffmanCode.Read(bytes) : Encoding.Latin1.GetString(bytes);
    }

    /// <summary>Reads a number that begins in the lowest bits of the next byte (RFC 7541, section 5.1).</summary>
    private int Number(int bits)
    {
        int mask = (1 << bits) - 1, number = _rest[0] & mask;
        _rest = _rest[1..];
        if (number < mask) { return number; }
        for (int shift = 0; ; shift += 7)
        {
            if (_rest.IsEmpty || shift > 14) { throw Cut(); }
            byte next = _rest[0];
            _rest = _rest[1..];
            number += (next & 0x7f) << shift;
            if (next < 0x80) { return number; }
        }
    }

    private static MalformedAnswerException Cut() => new("its header block ends inside a field");
}
