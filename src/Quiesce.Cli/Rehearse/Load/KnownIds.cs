namespace Quiesce.Cli.Rehearse.Load;

/// <summary>The ids whose effect was acknowledged, so that later requests can ask for them.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class KnownIds
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<string> _ids = [];

    /// <summary>Keeps the id if the request's effect was acknowledged.</summary>
    public void Observe(RequestRecord record)
    {
        if (!record.IsAcknowledged) { return; }
        lock (_lock)
        {
            _ids.Add(record.Id);
        }
    }

    /// <summary>Picks one; <see langword="null"/> when there is none yet.</summary>
    /// <param name="draw">From 0 to 1, 1 excluded.</param>
    public string? Pick(double draw)
    {
        lock (_lock)
        {
            return _ids.Count == 0 ? null : _ids[(int)(draw * _ids.Count)];
        }
    }
}
