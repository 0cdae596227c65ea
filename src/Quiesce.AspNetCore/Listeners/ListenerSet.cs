namespace Quiesce.AspNetCore.Listeners;

/// <summary>Every listener of the server. Thread-safe.</summary>
internal sealed class ListenerSet
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<IClosableListener> _listeners = [];

    /// <summary>Gets a value indicating whether there are listeners and each is somebody else's too: what is not accepted here is accepted there.</summary>
    public bool AreInherited => ForClients() is { Length: > 0 } listeners && listeners.All(static listener => listener.IsInherited);

    /// <summary>Gets how those that are for clients would be closed.</summary>
    public IReadOnlyList<CloseWay> PlannedWays => [.. ForClients().Select(static listener => listener.PlannedWay)];

    public void Add(IClosableListener listener)
    {
        lock (_lock) { _listeners.Add(listener); }
    }

    /// <summary>Closes all that are for clients. Connections that exist are untouched. Idempotent.</summary>
    /// <param name="hurry">Close now, whatever still waits in the kernel's queues.</param>
    /// <returns>How each was closed.</returns>
    public async Task<IReadOnlyList<CloseWay>> CloseAsync(CancellationToken hurry) =>
        await Task.WhenAll(ForClients().Select(listener => listener.CloseAsync(hurry)));

    private IClosableListener[] ForClients()
    {
        lock (_lock) { return [.. _listeners.Where(static listener => !listener.IsManagement)]; }
    }
}
