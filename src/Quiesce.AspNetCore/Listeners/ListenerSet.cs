namespace Quiesce.AspNetCore.Listeners;

/// <summary>Every listener of the server. Thread-safe.</summary>
internal sealed class ListenerSet
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<ClosableListener> _listeners = [];

    public void Add(ClosableListener listener)
    {
        lock (_lock) { _listeners.Add(listener); }
    }

    /// <summary>Closes all of them. Connections that exist are untouched. Idempotent.</summary>
    /// <returns>How many there are.</returns>
    public async Task<int> CloseAsync()
    {
        ClosableListener[] listeners;
        lock (_lock) { listeners = [.. _listeners]; }
        await Task.WhenAll(listeners.Select(static listener => listener.CloseAsync()));
        return listeners.Length;
    }
}
