using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Wire.Http2.Headers;

namespace Quiesce.Cli.Rehearse.Wire.Http2;

/// <remarks>What the server says. One reader, for as long as the connection lives.</remarks>
internal sealed partial class Http2Connection
{
    // Of the reader only: a header block in parts, and bytes read that the server has not been told of.
    private readonly List<byte> _block = [];
    private (int Stream, bool EndsStream)? _open;
    private int _untold;

    // Never faults.
    private async Task ReadAsync()
    {
        StreamEnd end;
        try
        {
            while (true) { await TakeAsync(await _reader.ReadAsync()); }
        }
        catch (MalformedAnswerException malformed)
        {
            end = new StreamEnd(ExchangeEnd.Malformed, malformed.Message);
        }
        catch (SocketException error)
        {
            end = new StreamEnd(ExchangeEnd.Failed, SocketErrorText.Of(_sendError ?? error));
        }
        catch (EndOfStreamException)
        {
            end = _sendError is { } error ? new StreamEnd(ExchangeEnd.Failed, SocketErrorText.Of(error)) : new StreamEnd(ExchangeEnd.Closed, "connection closed by peer");
        }

        EndAll(end);
        _socket.Dispose();
    }

    private async ValueTask TakeAsync(Frame frame)
    {
        if (_open is { } open && (frame.Type != FrameType.Continuation || frame.Stream != open.Stream))
        {
            throw new MalformedAnswerException($"a frame {frame.Type} is inside a header block");
        }

        switch (frame.Type)
        {
            case FrameType.Data:
                TakeData(frame);
                await TellReadAsync(frame.Payload.Length);
                break;
            case FrameType.Headers:
                _open = (frame.Stream, frame.Has(FrameFlags.EndStream));
                TakeBlock(frame.Content(), frame.Has(FrameFlags.EndHeaders));
                break;
            case FrameType.Continuation when _open is not null:
                TakeBlock(frame.Payload.Span, frame.Has(FrameFlags.EndHeaders));
                break;
            case FrameType.ResetStream:
                TakeReset(frame.Stream, frame.NumberAt(0));
                break;
            case FrameType.Settings when !frame.Has(Frame.Ack):
                TakeSettings(frame);
                await SendAsync(Frame.Of(FrameType.Settings, Frame.Ack, 0, []));
                break;
            case FrameType.Ping when frame.Has(Frame.Ack):
                _pinged.TrySetResult();
                break;
            case FrameType.Ping:
                await SendAsync(Frame.Of(FrameType.Ping, Frame.Ack, 0, frame.Payload.Span));
                break;
            case FrameType.GoAway:
                TakeGoAway(frame.NumberAt(0), frame.NumberAt(sizeof(int)));
                break;
            case FrameType.WindowUpdate:
                (frame.Stream == 0 ? _window : Find(frame.Stream)?.Window)?.Change(frame.NumberAt(0));
                break;
            case FrameType.PushPromise or FrameType.Continuation:
                throw new MalformedAnswerException($"a frame {frame.Type} comes uncalled-for");
        }
    }

    private void TakeData(Frame frame)
    {
        if (Find(frame.Stream) is not { } stream) { return; } // One that we have given up.
        stream.Answer.Begun = true;
        stream.Answer.BodyBytes += frame.Content().Length;
        if (frame.Has(FrameFlags.EndStream)) { Complete(stream); }
    }

    private void TakeBlock(ReadOnlySpan<byte> part, bool isLast)
    {
        _block.AddRange(part);
        HeadParser.CheckLength(_block.Count);
        if (!isLast) { return; }
        (int id, bool endsStream) = _open!.Value;
        byte[] block = [.. _block];
        _block.Clear();
        _open = null;
        if (Find(id) is not { } stream) { return; }
        ReadBlock(stream.Answer, block);
        if (endsStream) { Complete(stream); }
    }

    private static void ReadBlock(Answer answer, byte[] block)
    {
        answer.Begun = true;
        bool isTrailer = answer.Status is not null;
        int interim = answer.Interim;
        new HeaderBlockReader(block).ReadInto(answer);
        if (isTrailer || answer.Status is not null) { answer.HeadComplete = true; }
        else if (answer.Interim == interim) { throw new MalformedAnswerException("its header block has no status"); }
        else { answer.EndInterim(); }
    }

    private void TakeSettings(Frame frame)
    {
        for (int at = 0; at + 6 <= frame.Payload.Length; at += 6)
        {
            int value = frame.NumberAt(at + 2);
            lock (_lock)
            {
                switch (frame.Payload.Span[at + 1])
                {
                    case Http2Defaults.Setting.MaxConcurrentStreams:
                        _streamLimit = value;
                        break;
                    case Http2Defaults.Setting.InitialWindowSize:
                        foreach (Http2Stream stream in _streams.Values) { stream.Window.Change(value - _streamWindow); }
                        _streamWindow = value;
                        break;
                }
            }
        }
    }

    private async ValueTask TellReadAsync(int bytes)
    {
        _untold += bytes;
        if (_untold < Http2Defaults.ToldEachBytes) { return; }
        await SendAsync(Frame.Of(FrameType.WindowUpdate, 0, _untold));
        _untold = 0;
    }

    private Http2Stream? Find(int id)
    {
        lock (_lock) { return _streams.GetValueOrDefault(id); }
    }
}
