namespace Quiesce.AspNetCore.Listeners;

/// <summary>Every listener of the server. Thread-safe.</summary>
internal sealed class ListenerSet
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<ClosableListener> _listeners = [];

    /// <summary>Gets a value indicating whether there are listeners and each is somebody else's too: what is not accepted here is accepted there.</summary>
    public bool AreInherited
    {
        get { lock (_lock) { return _listeners.Count > 0 && _listeners.TrueForAll(static listener => listener.IsInherited); } }
    }

    public void Add(ClosableListener listener)
    {
        lock (_lock) { _listeners.Add(listener); }
    }

    /// <summary>Closes all of them. Connections that exist are untouched. Idempotent.</summary>
    /// <param name="hurry">Close now, whatever still waits in the kernel's queues.</param>
    /// <returns>How each was closed.</returns>
    public async Task<IReadOnlyList<CloseWay>> CloseAsync(CancellationToken hurry)
    {
        ClosableListener[] listeners;
        lock (_lock) { listeners = [.. _listeners]; }
        return await Task.WhenAll(listeners.Select(listener => listener.CloseAsync(hurry)));
    }
}
