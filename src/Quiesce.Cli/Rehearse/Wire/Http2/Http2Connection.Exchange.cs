using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Wire.Http2;

internal sealed partial class Http2Connection
{
    /// <summary>Sends one request in a stream of its own and waits for its answer. Never throws for what the server does: every end has its class.</summary>
    /// <returns><see langword="null"/> when the connection had no room for it any more: nothing was sent.</returns>
    public async Task<Http2Exchange?> TryExchangeAsync(Http2Request request, CancellationToken limit)
    {
        long sentAt = _time.GetTimestamp();
        if (limit.IsCancellationRequested) { return Result(new StreamEnd(ExchangeEnd.LimitReached, "the limit passed before the request was sent"), new Answer(), sentAt); }
        Opened? opened;
        try
        {
            opened = await OpenAsync(request).WaitAsync(limit);
        }
        catch (OperationCanceledException)
        {
            // The server reads nothing. Whatever lies in the socket is in nobody's hands, and nothing more should be.
            lock (_lock) { _takesNothing = true; }
            return Result(new StreamEnd(ExchangeEnd.LimitReached, null), new Answer(), sentAt);
        }

        if (opened is null) { return null; }
        if (opened.Stream is not { } stream) { return Result(opened.End!.Value, new Answer(), sentAt); }
        if (!request.Body.IsEmpty) { _ = SendBodyAsync(stream, request.Body, limit); }
        return Result(await EndOfAsync(stream, limit), stream.Answer, sentAt, opened.Uses, opened.LastUsedAt);
    }

    /// <summary>A stream that was opened, or how the connection ended before it could carry its first.</summary>
    private sealed record Opened(Http2Stream? Stream, StreamEnd? End, int Uses = 0, long? LastUsedAt = null);

    // Streams must begin in the order of their numbers, so the number is drawn by whoever may send next.
    private async Task<Opened?> OpenAsync(Http2Request request)
    {
        await _sending.WaitAsync();
        try
        {
            Opened opened;
            lock (_lock)
            {
                // A connection that is reset before it carried anything has lost its first request: an instant later the same reset would have
                // ended the stream, and a loss must not change its class with the client's pace.
                if (_end is not null && _nextId == 1 && !_heardGoAway) { return new Opened(null, _end); }
                if (!HasRoomLocked()) { return null; }
                opened = new Opened(new Http2Stream(_nextId, new SendWindow(_streamWindow)), null, _nextId / 2, _lastUsedAt);
                _streams.Add(_nextId, opened.Stream!);
                _nextId += 2;
            }

            await SendInTurnAsync(HeadFrames(opened.Stream!.Id, request));
            return opened;
        }
        finally
        {
            _sending.Release();
        }
    }

    private static byte[] HeadFrames(int stream, Http2Request request)
    {
        var frames = new List<byte>();
        FrameType type = FrameType.Headers;
        ReadOnlySpan<byte> rest = request.HeaderBlock.Span;
        FrameFlags flags = request.Body.IsEmpty ? FrameFlags.EndStream : FrameFlags.None;
        for (; rest.Length > Frame.PayloadLimitBytes; rest = rest[Frame.PayloadLimitBytes..])
        {
            frames.AddRange(Frame.Of(type, flags, stream, rest[..Frame.PayloadLimitBytes]));
            (type, flags) = (FrameType.Continuation, FrameFlags.None);
        }

        frames.AddRange(Frame.Of(type, flags | FrameFlags.EndHeaders, stream, rest));
        return [.. frames];
    }

    // Never faults; ends with the stream, the limit or the connection.
    private async Task SendBodyAsync(Http2Stream stream, ReadOnlyMemory<byte> body, CancellationToken limit)
    {
        try
        {
            while (!body.IsEmpty)
            {
                int allowed = await stream.Window.TakeAsync(Math.Min(body.Length, Frame.PayloadLimitBytes), limit);
                int taken = allowed == 0 ? 0 : await _window.TakeAsync(allowed, limit);
                stream.Window.Change(allowed - taken);
                if (stream.Ended.IsCompleted)
                {
                    _window.Change(taken); // For the other streams.
                    break;
                }

                if (taken == 0) { break; }
                FrameFlags flags = taken == body.Length ? FrameFlags.EndStream : FrameFlags.None;
                await SendAsync(Frame.Of(FrameType.Data, flags, stream.Id, body.Span[..taken]));
                body = body[taken..];
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever waits for the answer says so to the server.
        }

        // Answered whole without having read the body, as with a 413: nobody needs the rest.
        if (!body.IsEmpty && stream.Ended is { IsCompletedSuccessfully: true, Result.End: ExchangeEnd.Complete })
        {
            await SendAsync(Frame.Of(FrameType.ResetStream, stream.Id, ErrorCode.Cancel));
        }
    }

    private async Task<StreamEnd> EndOfAsync(Http2Stream stream, CancellationToken limit)
    {
        try
        {
            return await stream.Ended.WaitAsync(limit);
        }
        catch (OperationCanceledException)
        {
            var end = new StreamEnd(ExchangeEnd.LimitReached, null);
            End(stream, end);
            _ = SendAsync(Frame.Of(FrameType.ResetStream, stream.Id, ErrorCode.Cancel)); // Never faults, and nobody waits for a server that may not read.
            return end;
        }
    }

    private Http2Exchange Result(StreamEnd end, Answer answer, long sentAt, int uses = 0, long? lastUsedAt = null)
    {
        long endedAt = _time.GetTimestamp();
        OutcomeClass outcome = end.IsUnprocessed ? OutcomeClass.Unavailable : OutcomeClassifier.Classify(end.End, answer);
        string? detail = OutcomeClassifier.Explain(end.End, answer, end.Reason, _time.GetElapsedTime(sentAt, endedAt));
        var result = new WireResult(outcome, answer.Status, CloseSeen: false, sentAt, endedAt, detail, answer.ServedBy);
        return new Http2Exchange(result, end.IsUnprocessed, uses, lastUsedAt);
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _sending.WaitAsync();
        try
        {
            await SendInTurnAsync(bytes);
        }
        finally
        {
            _sending.Release();
        }
    }

    // Without a limit: half a frame would be the end of every stream of the connection. A send that fails does not end the connection: the reader does,
    // with what the server may have said before.
    private async Task SendInTurnAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty) { bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None)..]; }
        }
        catch (SocketException error)
        {
            _sendError ??= error;
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile.
        }
    }
}
