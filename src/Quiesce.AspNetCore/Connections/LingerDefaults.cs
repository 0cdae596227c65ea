namespace Quiesce.AspNetCore.Connections;

/// <summary>Numbers of the silent connections' end and why each has its size.</summary>
internal static class LingerDefaults
{
    /// <summary>Whoever connects speaks within some round trips, TLS' handshake included: before that nobody is silent.</summary>
    public static readonly TimeSpan Youth = TimeSpan.FromSeconds(1);

    /// <summary>The rest of a request that has begun to arrive is a round trip away: this is three of them to the other side of the earth.</summary>
    public static readonly TimeSpan RestOfARequest = TimeSpan.FromMilliseconds(750);

    /// <summary>Between two groups: timers are no finer than some milliseconds.</summary>
    public static readonly TimeSpan Group = TimeSpan.FromMilliseconds(20);

    /// <summary>How often a connection must have nothing to send before it is reset: a tenth of a second, in which a server that has more to send sends some of it.</summary>
    public const int Looks = 10;

    /// <summary>Between two such looks.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>A thousand clients a second come back, as after a farewell.</summary>
    private static readonly TimeSpan _each = TimeSpan.FromMilliseconds(1);

    /// <summary>A deployment waits for it, and a balancer's idle connections never speak again.</summary>
    private static readonly TimeSpan _most = TimeSpan.FromSeconds(1);

    /// <summary>The time over which <paramref name="count"/> connections are closed.</summary>
    public static TimeSpan SpreadOf(AnnounceOptions options, int count, TimeSpan left)
    {
        TimeSpan byCount = _each * count;
        TimeSpan spread = options.Linger ?? (byCount < _most ? byCount : _most);
        return spread < left / 2 ? spread : left / 2;
    }
}
