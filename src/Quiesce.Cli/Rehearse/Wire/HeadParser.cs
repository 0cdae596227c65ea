using System.Buffers.Text;
using System.Text;

namespace Quiesce.Cli.Rehearse.Wire;

/// <summary>Reads the lines of an HTTP/1.x head into an <see cref="Answer"/>. Only the fields that decide anything are kept.</summary>
internal static class HeadParser
{
    private const int QuotedBytes = 40;

    /// <summary>Refuses what can no longer become a status line, as soon as that is known.</summary>
    public static void CheckBeginning(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> expected = "HTTP/1."u8;
        int seen = Math.Min(bytes.Length, expected.Length);
        if (!bytes[..seen].SequenceEqual(expected[..seen]))
        {
            throw new MalformedAnswerException($"it begins with {Quote(bytes)}");
        }
    }

    public static void CheckLength(int bytes)
    {
        if (bytes > WireDefaults.HeadLimitBytes)
        {
            throw new MalformedAnswerException($"the head is longer than {WireDefaults.HeadLimitBytes} bytes");
        }
    }

    /// <summary>Reads <c>HTTP/1.1 200 OK</c>; the reason, and even the space before it, may be missing.</summary>
    public static void ReadStatusLine(ReadOnlySpan<byte> line, Answer answer)
    {
        bool isStatusLine = line.Length >= 12
            && line[7] is (byte)'0' or (byte)'1'
            && line[8] == (byte)' '
            && (line.Length == 12 || line[12] == (byte)' ')
            && !line[9..12].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        int status = isStatusLine ? ((line[9] - '0') * 100) + ((line[10] - '0') * 10) + line[11] - '0' : 0;
        // 101 is final and hands the connection to another protocol: only for those who asked for one.
        if (status is < 100 or > 599 || (status == 101 && !answer.ExpectsUpgrade)) { throw new MalformedAnswerException($"{Quote(line)} is no status line to expect"); }
        answer.BeginHead(status, isHttp10: line[7] == (byte)'0');
    }

    public static void ReadField(ReadOnlySpan<byte> line, Answer answer)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0) { throw new MalformedAnswerException($"{Quote(line)} is no header field"); }
        ReadOnlySpan<byte> name = line[..colon];
        ReadOnlySpan<byte> value = line[(colon + 1)..].Trim(" \t"u8);
        if (Is(name, "Connection"u8)) { ReadConnection(value, answer); }
        else if (Is(name, "Content-Length"u8)) { ReadContentLength(value, answer); }
        else if (Is(name, "Transfer-Encoding"u8)) { ReadTransferEncoding(value, answer); }
        else if (Is(name, "Retry-After"u8) && !value.IsEmpty) { answer.RetryAfter = Encoding.Latin1.GetString(value); }
        else if (Ascii.EqualsIgnoreCase(name, WireDefaults.ServerHeader) && !value.IsEmpty) { answer.ServedBy = Encoding.Latin1.GetString(value); }
    }

    /// <summary>The beginning of some bytes, safe to print.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new("'");
        foreach (byte one in bytes[..Math.Min(bytes.Length, QuotedBytes)])
        {
            text.Append(one is >= 0x20 and < 0x7F ? (char)one : '.');
        }

        return text.Append(bytes.Length > QuotedBytes ? "…'" : "'").ToString();
    }

    private static void ReadConnection(ReadOnlySpan<byte> value, Answer answer)
    {
        foreach (Range range in value.Split((byte)','))
        {
            ReadOnlySpan<byte> token = value[range].Trim(" \t"u8);
            answer.CloseSeen |= Is(token, "close"u8);
            answer.KeepAliveSeen |= Is(token, "keep-alive"u8);
        }
    }

    private static void ReadContentLength(ReadOnlySpan<byte> value, Answer answer)
    {
        // Digits only: the parser alone would also take a sign. 18 digits always fit.
        bool isLength = value.Length is > 0 and <= 18 && !value.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        if (!isLength || !Utf8Parser.TryParse(value, out long length, out _))
        {
            throw new MalformedAnswerException($"{Quote(value)} is no Content-Length");
        }

        if (answer.ContentLength is { } other && other != length)
        {
            throw new MalformedAnswerException($"it has two lengths, {other} and {length}");
        }

        answer.ContentLength = length;
    }

    private static void ReadTransferEncoding(ReadOnlySpan<byte> value, Answer answer)
    {
        // Only the last coding delimits the body; a coding inside it (gzip) is not our business.
        ReadOnlySpan<byte> last = value[(value.LastIndexOf((byte)',') + 1)..].Trim(" \t"u8);
        answer.Chunked = Is(last, "chunked"u8);
        answer.UnknownTransferCoding = !answer.Chunked;
    }

    private static bool Is(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> token) => Ascii.EqualsIgnoreCase(bytes, token);
}
