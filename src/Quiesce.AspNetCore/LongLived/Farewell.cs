using Microsoft.Extensions.Logging;
using Quiesce.AspNetCore.Connections;

namespace Quiesce.AspNetCore.LongLived;

/// <summary>Ends what has no natural end, one after the other, so that the clients do not come back to the other instances as one herd.</summary>
/// <remarks>
/// 1. Everybody's turn comes within the spread. 2. After three quarters of the limit those who wanted to end by themselves, and have not, are
/// treated like the others. 3. At the limit <c>RequestAborted</c> is cancelled; what still stays is the server's stop to reset. A hub connection
/// with calls in flight is spared: it ends when they have.
/// </remarks>
internal sealed partial class Farewell(LongLivedSet requests, LongLivedOptions options, Deadline deadline, ILogger logger)
{
    /// <summary>Says good-bye to all of them. Never throws. Ends when none is left, or at the limit.</summary>
    public async Task RunAsync()
    {
        TimeSpan beganAt = deadline.Elapsed;
        TimeSpan limit = Limit();
        LongLivedRequest[] open = requests.Leave();
        if (open.Length == 0) { return; }

        TimeSpan spread = Turn.SpreadOf(open.Length, options.Spread, limit);
        Log.Began(logger, open.Length, spread.TotalSeconds, limit.TotalSeconds);
        await TakeTurnsAsync(open, beganAt, spread);
        if (await EmptyByAsync(beganAt + (limit * 0.75))) { return; }

        foreach (LongLivedRequest left in requests.Snapshot()) { left.Insist(); }

        if (await EmptyByAsync(beganAt + limit)) { return; }

        LongLivedRequest[] last = [.. requests.Snapshot().Where(static left => !left.IsBusy)];
        Log.LimitReached(logger, last.Length, limit.TotalSeconds);
        foreach (LongLivedRequest left in last) { left.StopNow(); }
    }

    /// <summary>The limit, but never so long that the server's own stop could come before it.</summary>
    private TimeSpan Limit()
    {
        TimeSpan wanted = options.Limit ?? LongLivedDefaults.Limit.Of(deadline.Budget.Grace);
        TimeSpan possible = LongLivedDefaults.ServerShareOf(deadline.Until(deadline.Budget.End)) * 0.75;
        return wanted < possible ? wanted : possible;
    }

    private async Task TakeTurnsAsync(LongLivedRequest[] open, TimeSpan beganAt, TimeSpan spread)
    {
        foreach (Turn turn in Turn.Of(open.Length, spread))
        {
            if (turn.Begin > TimeSpan.Zero && await EmptyByAsync(beganAt + turn.Begin)) { return; }

            foreach (LongLivedRequest request in open.AsSpan(turn.Members)) { request.SayGoodbye(); }
        }
    }

    /// <summary>Waits until none is left, or for <paramref name="instant"/>.</summary>
    private async Task<bool> EmptyByAsync(TimeSpan instant)
    {
        using var over = new CancellationTokenSource();
        Task ended = await Task.WhenAny(requests.Empty, deadline.WaitUntilAsync(instant, over.Token));
        await over.CancelAsync();
        return ended == requests.Empty;
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.FarewellBegan, LogLevel.Information,
            "Saying good-bye to {Count} long-lived requests over {Spread} s: 1001 to WebSockets, the end to event streams; limit {Limit} s.")]
        public static partial void Began(ILogger logger, int count, double spread, double limit);

        [LoggerMessage(LogEvents.FarewellLimitReached, LogLevel.Information,
            "{Count} long-lived requests have not ended within {Limit} s of the good-bye: RequestAborted is cancelled. Let them observe HttpContext.GoodbyeToken().")]
        public static partial void LimitReached(ILogger logger, int count, double limit);
    }
}
