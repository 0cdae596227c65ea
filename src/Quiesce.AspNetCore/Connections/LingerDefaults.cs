namespace Quiesce.AspNetCore.Connections;

/// <summary>Numbers of the silent connections' end and why each has its size.</summary>
internal static class LingerDefaults
{
    /// <summary>Whoever connects speaks within some round trips, TLS' handshake included: before that nobody is silent.</summary>
    public static readonly TimeSpan Youth = TimeSpan.FromSeconds(1);

    /// <summary>The rest of a request that has begun to arrive is a round trip away: this is three of them to the other side of the earth.</summary>
    public static readonly TimeSpan RestOfARequest = TimeSpan.FromMilliseconds(750);

    /// <summary>Between two looks at who is still young or has sent something.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>How often a connection must have nothing to send before it is reset: a tenth of a second, in which a server that has more to send sends some of it.</summary>
    public const int Looks = 10;

    /// <summary>Between two such looks.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>A deployment waits for it, and a balancer's idle connections never speak again.</summary>
    public static readonly TimeSpan MostSpread = TimeSpan.FromSeconds(1);
}
