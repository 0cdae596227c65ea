namespace Quiesce.AspNetCore.Requests;

/// <summary>How long requests usually take: the median of the latest that came and ended since the signal. Thread-safe.</summary>
/// <remarks>Learned only then, so that a service that is not leaving pays nothing. The median, because one long export says nothing about the next
/// request.</remarks>
internal sealed class UsualLength
{
    /// <summary>Fewer say nothing about the next one.</summary>
    private const int Least = 8;

    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly TimeSpan[] _latest = new TimeSpan[64];
    private int _count;

    /// <summary>Gets it; <see langword="null"/> as long as too little is known.</summary>
    public TimeSpan? Median
    {
        get
        {
            lock (_lock)
            {
                if (_count < Least) { return null; }

                TimeSpan[] sorted = _latest[..Math.Min(_count, _latest.Length)];
                Array.Sort(sorted);
                return sorted[sorted.Length / 2];
            }
        }
    }

    public void Add(TimeSpan length)
    {
        lock (_lock) { _latest[_count++ % _latest.Length] = length; }
    }
}
