using System.Net.Sockets;

namespace Quiesce.Cli.Rehearse.Wire;

/// <summary>Reads one answer off a socket: interim heads, the final head, the body to its true end.</summary>
/// <remarks>
/// <para>1. Interim answers (1xx) are read and skipped. 2. The final head decides the length of the body (RFC 9112, section 6.3).
/// 3. The body is read to its end and thrown away.</para>
/// <para>Throws <see cref="EndOfStreamException"/>, <see cref="SocketException"/>, <see cref="MalformedAnswerException"/> or
/// <see cref="OperationCanceledException"/>; <see cref="Answer"/> then says how far it came.</para>
/// </remarks>
internal sealed partial class AnswerReader(Socket socket, ReceiveBuffer bytes, Answer answer)
{
    public async Task ReadAsync(bool isHead, CancellationToken cancellationToken)
    {
        await ReadHeadsAsync(cancellationToken);
        await ReadBodyAsync(isHead, cancellationToken);
        answer.Complete = true;
    }

    /// <summary>Steps 1 and 2.</summary>
    public async Task ReadHeadsAsync(CancellationToken cancellationToken)
    {
        do
        {
            await ReadHeadAsync(cancellationToken);
        }
        while (answer.Status is null);

        answer.HeadComplete = true;
    }

    private async Task ReadHeadAsync(CancellationToken cancellationToken)
    {
        int length = await FindLineAsync(isFirst: true, cancellationToken);
        HeadParser.ReadStatusLine(Line(length), answer);
        bytes.Consume(length);
        int headBytes = length;
        while (true)
        {
            length = await FindLineAsync(isFirst: false, cancellationToken);
            bool isEnd = Line(length).IsEmpty;
            if (!isEnd) { HeadParser.ReadField(Line(length), answer); }
            bytes.Consume(length);
            if (isEnd) { break; }
            headBytes += length;
            HeadParser.CheckLength(headBytes);
        }

        if (answer.Status is null) { answer.EndInterim(); }
    }

    /// <summary>Receives until a whole line is there; returns its length with the line feed.</summary>
    private async ValueTask<int> FindLineAsync(bool isFirst, CancellationToken cancellationToken)
    {
        while (true)
        {
            int end = bytes.Unread.IndexOf((byte)'\n');
            // Look at the first bytes even without a line end: a server that talks something else may never send one.
            if (isFirst) { HeadParser.CheckBeginning(bytes.Unread); }
            if (end >= 0) { return end + 1; }
            await FillAsync(cancellationToken);
        }
    }

    private ReadOnlySpan<byte> Line(int length) => bytes.Unread[..(length - 1)].TrimEnd((byte)'\r');

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (await bytes.FillAsync(socket, cancellationToken) == 0) { throw new EndOfStreamException(); }
        answer.Begun = true;
    }
}
