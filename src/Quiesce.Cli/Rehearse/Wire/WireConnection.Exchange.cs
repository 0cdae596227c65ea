using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Wire;

internal sealed partial class WireConnection
{
    /// <summary>Sends one request and reads its answer. Never throws for what the server does: every end has its class.</summary>
    public async Task<WireResult> ExchangeAsync(WireRequest request, CancellationToken limit)
    {
        CanBeReused = false;
        Answer answer = new() { ExpectsUpgrade = request.Kind == TrafficKind.WebSocket };
        long sentAt = _time.GetTimestamp();
        (ExchangeEnd end, string? reason) = await TryExchangeAsync(request, answer, limit);
        long endedAt = _time.GetTimestamp();
        if (end == ExchangeEnd.Complete) { CountUse(request, answer, endedAt); }
        string? detail = OutcomeClassifier.Explain(end, answer, reason, _time.GetElapsedTime(sentAt, endedAt));
        return new WireResult(OutcomeClassifier.Classify(end, answer), answer.Status, answer.CloseSeen, sentAt, endedAt, detail, answer.ServedBy);
    }

    private async Task<(ExchangeEnd End, string? Reason)> TryExchangeAsync(WireRequest request, Answer answer, CancellationToken limit)
    {
        if (limit.IsCancellationRequested) { return (ExchangeEnd.LimitReached, "the limit passed before the request was sent"); }
        SocketException? sendError = null;
        try
        {
            sendError = await TrySendAsync(request.Bytes, limit);
            await ReceiveAsync(request, answer, limit);
            return (ExchangeEnd.Complete, null);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return (ExchangeEnd.LimitReached, null);
        }
        catch (MalformedAnswerException malformed)
        {
            return (ExchangeEnd.Malformed, malformed.Message);
        }
        catch (SocketException error)
        {
            return (ExchangeEnd.Failed, SocketErrorText.Of(sendError ?? error));
        }
        catch (StreamCutException cut)
        {
            return (ExchangeEnd.Closed, cut.Message);
        }
        catch (EndOfStreamException) when (sendError is not null)
        {
            return (ExchangeEnd.Failed, SocketErrorText.Of(sendError));
        }
        catch (EndOfStreamException)
        {
            return (ExchangeEnd.Closed, "connection closed by peer");
        }
    }

    // A send that fails does not end the exchange: a server that refuses a request half-way (413, 503) and closes has answered, and
    // its answer may already lie in our receive queue. If there is none, the read fails too, and the first error names the cause.
    private async Task<SocketException?> TrySendAsync(ReadOnlyMemory<byte> bytes, CancellationToken limit)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, limit)..];
            }

            return null;
        }
        catch (SocketException error)
        {
            return error;
        }
    }

    private async Task ReceiveAsync(WireRequest request, Answer answer, CancellationToken limit)
    {
        if (_spoke is not null && await _spoke.WaitAsync(limit) is { } error) { throw error; }
        AnswerReader reader = new(_socket, _bytes, answer);
        await (request.Kind switch
        {
            TrafficKind.WebSocket => ReceiveWebSocketAsync(reader, request, answer, limit),
            TrafficKind.Events => ReceiveEventsAsync(reader, request, answer, limit),
            _ => reader.ReadAsync(request.IsHead, limit),
        });
    }

    private void CountUse(WireRequest request, Answer answer, long endedAt)
    {
        Uses++;
        LastUsedAt = endedAt;
        // Bytes after the end of the answer belong to no request; whatever they are, the next answer could not be told from them.
        CanBeReused = answer.AllowsReuse && !request.AsksToClose && request.Kind == TrafficKind.Http && _bytes.IsEmpty;
    }
}
