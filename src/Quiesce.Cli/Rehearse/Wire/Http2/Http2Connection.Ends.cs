namespace Quiesce.Cli.Rehearse.Wire.Http2;

/// <remarks>How streams end, and with the last of them the connection.</remarks>
internal sealed partial class Http2Connection
{
    private void Complete(Http2Stream stream)
    {
        if (stream.Answer.Status is null) { throw new MalformedAnswerException("a stream ends without a final status"); }
        stream.Answer.Complete = true;
        End(stream, new StreamEnd(ExchangeEnd.Complete, null));
    }

    private void TakeReset(int id, int code)
    {
        if (Find(id) is not { } stream) { return; }
        bool isUnprocessed = code == ErrorCode.RefusedStream && !stream.Answer.Begun;
        End(stream, new StreamEnd(ExchangeEnd.Failed, $"stream reset by peer ({ErrorCode.NameOf(code)})", isUnprocessed));
    }

    /// <summary>Streams up to <paramref name="lastId"/> may still be answered; what is above was not processed (RFC 9113, section 6.8).</summary>
    private void TakeGoAway(int lastId, int code)
    {
        Http2Stream[] leftOut;
        bool isEmpty;
        lock (_lock)
        {
            (_heardGoAway, _goAwayCode) = (true, code);
            leftOut = [.. _streams.Values.Where(stream => stream.Id > lastId)];
            isEmpty = _streams.Count == 0;
        }

        foreach (Http2Stream stream in leftOut) { End(stream, new StreamEnd(ExchangeEnd.Failed, $"left out by GOAWAY ({ErrorCode.NameOf(code)})", IsUnprocessed: true)); }
        if (isEmpty) { HangUp(); }
    }

    private void End(Http2Stream stream, StreamEnd end)
    {
        bool isLast;
        lock (_lock)
        {
            if (!_streams.Remove(stream.Id)) { return; }
            if (end.End == ExchangeEnd.Complete) { _lastUsedAt = _time.GetTimestamp(); }
            isLast = _heardGoAway && _streams.Count == 0;
        }

        stream.End(end);
        if (isLast) { HangUp(); }
    }

    private void EndAll(StreamEnd end)
    {
        Http2Stream[] streams;
        lock (_lock)
        {
            _end = end;
            streams = [.. _streams.Values];
            _streams.Clear();
        }

        _window.Close();
        foreach (Http2Stream stream in streams) { stream.End(end); }
    }
}
