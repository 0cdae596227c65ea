using Quiesce.Cli.Rehearse.Wire.WebSockets;

namespace Quiesce.Cli.Rehearse.Wire;

/// <remarks>Exchanges that go on until somebody ends them. Each has a connection of its own.</remarks>
internal sealed partial class WireConnection
{
    // A whole answer that is no upgrade (a 503 while leaving, a 404) counts by its status, as for any request.
    private async Task ReceiveWebSocketAsync(AnswerReader reader, WireRequest request, Answer answer, CancellationToken limit)
    {
        if (!await TryUpgradeAsync(reader, answer, limit)) { return; }
        using var session = CancellationTokenSource.CreateLinkedTokenSource(limit);
        await new WebSocketSession(_socket, _bytes).RunAsync(request.Greeting, Task.Delay(request.Stay, _time, session.Token), limit);
        await session.CancelAsync();
        answer.Complete = true;
    }

    private static async Task<bool> TryUpgradeAsync(AnswerReader reader, Answer answer, CancellationToken limit)
    {
        await reader.ReadHeadsAsync(limit);
        if (answer.Status == 101) { return true; }
        await reader.ReadBodyAsync(isHead: false, limit);
        answer.Complete = true;
        return false;
    }

    /// <summary>Reads for as long as the client wants to stay. A stream that the server ends whole before that has ended well, too.</summary>
    private async Task ReceiveEventsAsync(AnswerReader reader, WireRequest request, Answer answer, CancellationToken limit)
    {
        await reader.ReadHeadsAsync(limit);
        using var stay = new CancellationTokenSource(request.Stay, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stay.Token, limit);
        try
        {
            await reader.ReadBodyAsync(isHead: false, either.Token);
        }
        catch (OperationCanceledException) when (!limit.IsCancellationRequested)
        {
            // Our own end.
        }

        answer.Complete = true;
    }
}
