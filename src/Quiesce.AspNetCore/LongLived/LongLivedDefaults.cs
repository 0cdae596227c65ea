namespace Quiesce.AspNetCore.LongLived;

/// <summary>Numbers of the farewell and why each has its size.</summary>
internal static class LongLivedDefaults
{
    /// <summary>A close handshake takes a round trip, an application's good-bye some; 5 s covers a slow mobile network.</summary>
    public static readonly BudgetDefaults.Share Limit = new(0.20, TimeSpan.Zero, TimeSpan.FromSeconds(5));

    /// <summary>Kestrel waits up to a second for connections that it has reset (KestrelServerImpl, .NET 10).</summary>
    private static readonly TimeSpan _resetWait = TimeSpan.FromSeconds(1);

    /// <summary>What the server's own stop may take of what remains for everything: half, less its wait after a reset.</summary>
    public static TimeSpan ServerShareOf(TimeSpan remaining)
    {
        TimeSpan half = remaining / 2;
        return half > _resetWait * 2 ? half - _resetWait : half / 2;
    }
}
