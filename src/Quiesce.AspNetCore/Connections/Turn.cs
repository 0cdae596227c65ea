namespace Quiesce.AspNetCore.Connections;

/// <summary>When which of many are told to go: not all at once, or their clients would come back to the other instances as one herd.</summary>
/// <param name="Whose">Which of them, by their places.</param>
/// <param name="Begin">Since the first turn of all.</param>
/// <param name="End">When the next one begins.</param>
internal readonly record struct Turn(Range Whose, TimeSpan Begin, TimeSpan End)
{
    /// <summary>A turn is a group's, as timers are no finer than some milliseconds.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    /// <summary>A thousand clients a second come back: a TLS handshake costs the other instances about a millisecond of a core.</summary>
    private static readonly TimeSpan _each = TimeSpan.FromMilliseconds(1);

    /// <summary>The time that all turns take together: what somebody set, else by their number; at most half of what is left.</summary>
    public static TimeSpan SpreadOf(int count, TimeSpan? wanted, TimeSpan most, TimeSpan left)
    {
        TimeSpan byCount = _each * count;
        TimeSpan spread = wanted ?? (byCount < most ? byCount : most);
        return spread < left / 2 ? spread : left / 2;
    }

    /// <summary>The turns of <paramref name="count"/>, which together take <paramref name="spread"/>.</summary>
    public static IEnumerable<Turn> Of(int count, TimeSpan spread)
    {
        int turns = (int)Math.Clamp(spread / Least, 1, count);
        for (int turn = 0; turn < turns; turn++)
        {
            yield return new Turn(First(turn)..First(turn + 1), spread * turn / turns, spread * (turn + 1) / turns);
        }

        int First(int turn) => (int)((long)count * turn / turns);
    }
}
