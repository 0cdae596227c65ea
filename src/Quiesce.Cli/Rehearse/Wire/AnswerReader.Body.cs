using System.Buffers.Text;

namespace Quiesce.Cli.Rehearse.Wire;

internal sealed partial class AnswerReader
{
    /// <summary>Step 3.</summary>
    public Task ReadBodyAsync(bool isHead, CancellationToken cancellationToken)
    {
        if (isHead || answer.Status is 204 or 304) { return Task.CompletedTask; }
        if (answer.Chunked) { return ReadChunksAsync(cancellationToken); }
        if (answer is { UnknownTransferCoding: false, ContentLength: { } length }) { return SkipAsync(length, cancellationToken); }
        return ReadToEndAsync(cancellationToken);
    }

    private async Task ReadChunksAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            int line = await FindLineAsync(isFirst: false, cancellationToken);
            long size = ChunkSize(Line(line));
            bytes.Consume(line);
            if (size == 0) { break; }
            await SkipAsync(size, cancellationToken);
            await ReadEmptyLineAsync(cancellationToken);
        }

        await ReadTrailersAsync(cancellationToken);
    }

    private async Task ReadEmptyLineAsync(CancellationToken cancellationToken)
    {
        int line = await FindLineAsync(isFirst: false, cancellationToken);
        if (!Line(line).IsEmpty) { throw new MalformedAnswerException("a chunk is longer than its size says"); }
        bytes.Consume(line);
    }

    /// <summary>Trailers are part of the message: an answer cut before their empty line is truncated.</summary>
    private async Task ReadTrailersAsync(CancellationToken cancellationToken)
    {
        for (int total = 0; ;)
        {
            int line = await FindLineAsync(isFirst: false, cancellationToken);
            bool isEnd = Line(line).IsEmpty;
            bytes.Consume(line);
            if (isEnd) { return; }
            HeadParser.CheckLength(total += line);
        }
    }

    private async Task SkipAsync(long count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (bytes.IsEmpty) { await FillAsync(cancellationToken); }
            count -= SkipUnread(count);
        }
    }

    private async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        answer.EndsWithConnection = true;
        do
        {
            SkipUnread(long.MaxValue);
        }
        while (await bytes.FillAsync(socket, cancellationToken) > 0);
    }

    private int SkipUnread(long atMost)
    {
        int count = (int)Math.Min(atMost, bytes.Unread.Length);
        bytes.Consume(count);
        answer.BodyBytes += count;
        return count;
    }

    private static long ChunkSize(ReadOnlySpan<byte> line)
    {
        bool parsed = Utf8Parser.TryParse(line, out long size, out int consumed, 'X');
        ReadOnlySpan<byte> rest = parsed ? line[consumed..].TrimStart(" \t"u8) : line;
        bool isSize = parsed && size >= 0 && (rest.IsEmpty || rest[0] == (byte)';');
        return isSize ? size : throw new MalformedAnswerException($"{HeadParser.Quote(line)} is no size of a chunk");
    }
}
