namespace Quiesce.AspNetCore.Connections;

/// <summary>One of the turns in which many are told to go: all at once, and their clients would come back to the other instances as one herd.</summary>
/// <param name="Members">Whose turn it is, by their places among all.</param>
/// <param name="Begin">Since the first turn of all began.</param>
/// <param name="End">When the next one begins.</param>
internal readonly record struct Turn(Range Members, TimeSpan Begin, TimeSpan End)
{
    /// <summary>Timers are no finer than some milliseconds: hence several in one turn.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);

    /// <summary>A thousand clients a second come back: a TLS handshake costs the other instances about a millisecond of a core.</summary>
    private static readonly TimeSpan _each = TimeSpan.FromMilliseconds(1);

    /// <summary>The time that all turns take together: what somebody set, else a millisecond for each and no more than <paramref name="most"/>; at most half of what is left.</summary>
    public static TimeSpan SpreadOf(int count, TimeSpan? wanted, TimeSpan left, TimeSpan? most = null)
    {
        TimeSpan byCount = _each * count;
        TimeSpan spread = wanted ?? (byCount > most ? most.Value : byCount);
        return spread < left / 2 ? spread : left / 2;
    }

    /// <summary>The turns of <paramref name="count"/>, one or more, which together take <paramref name="spread"/>.</summary>
    public static IEnumerable<Turn> Of(int count, TimeSpan spread)
    {
        int turns = (int)Math.Clamp(spread / Shortest, 1, count);
        for (int turn = 0; turn < turns; turn++)
        {
            yield return new Turn(First(turn)..First(turn + 1), spread * turn / turns, spread * (turn + 1) / turns);
        }

        int First(int turn) => (int)((long)count * turn / turns);
    }
}
