namespace Quiesce.Cli.Rehearse.Load.Schedule;

/// <summary>The ids whose effect was acknowledged, so that later requests can ask for them.</summary>
/// <remarks>Thread-safe. Picking takes no lock: the schedule's threads need not wait for a writer that has lost its core.</remarks>
internal sealed class KnownIds
{
    private const int FirstLength = 1024;

    private readonly Lock _lock = new();

    // Written under _lock. The id is published before the count that includes it, and a longer array before both: whoever reads the count first finds that many.
    private string[] _ids = new string[FirstLength];
    private int _count;

    /// <summary>Keeps the id if the request's effect was acknowledged.</summary>
    public void Observe(RequestRecord record)
    {
        if (!record.IsAcknowledged) { return; }
        lock (_lock)
        {
            if (_count == _ids.Length)
            {
                string[] longer = new string[_count * 2];
                _ids.CopyTo(longer, 0);
                Volatile.Write(ref _ids, longer);
            }

            _ids[_count] = record.Id;
            Volatile.Write(ref _count, _count + 1);
        }
    }

    /// <summary>Picks one; <see langword="null"/> when there is none yet.</summary>
    /// <param name="draw">From 0 to 1, 1 excluded.</param>
    public string? Pick(double draw)
    {
        int count = Volatile.Read(ref _count);
        return count == 0 ? null : Volatile.Read(ref _ids)[(int)(draw * count)];
    }
}
