namespace Quiesce.AspNetCore.LongLived;

/// <summary>Numbers of the farewell and why each has its size.</summary>
internal static class LongLivedDefaults
{
    /// <summary>A close handshake takes a round trip, an application's good-bye some; 5 s covers a slow mobile network.</summary>
    public static readonly BudgetDefaults.Share Limit = new(0.20, TimeSpan.Zero, TimeSpan.FromSeconds(5));

    /// <summary>Between two groups of the spread: timers are no finer than some milliseconds.</summary>
    public static readonly TimeSpan Group = TimeSpan.FromMilliseconds(20);

    /// <summary>A thousand clients a second come back: a TLS handshake costs the other instances about a millisecond of a core.</summary>
    private static readonly TimeSpan _each = TimeSpan.FromMilliseconds(1);

    /// <summary>Kestrel waits up to a second for connections that it has reset (KestrelServerImpl, .NET 10).</summary>
    private static readonly TimeSpan _resetWait = TimeSpan.FromSeconds(1);

    /// <summary>The time over which the turns are spread: what somebody set, else a millisecond for each; at most half of the limit.</summary>
    public static TimeSpan SpreadOf(LongLivedOptions options, int count, TimeSpan limit)
    {
        TimeSpan spread = options.Spread ?? (_each * count);
        return spread < limit / 2 ? spread : limit / 2;
    }

    /// <summary>What the server's own stop may take of what remains for everything: half, less its wait after a reset.</summary>
    public static TimeSpan ServerShareOf(TimeSpan remaining)
    {
        TimeSpan half = remaining / 2;
        return half > _resetWait * 2 ? half - _resetWait : half / 2;
    }
}
