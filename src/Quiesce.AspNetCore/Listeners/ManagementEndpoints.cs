using System.Net;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>Where the server listens for those who look after it. Thread-safe.</summary>
internal sealed class ManagementEndpoints
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<EndPoint> _endpoints = [];

    public void Add(EndPoint endpoint)
    {
        lock (_lock) { _endpoints.Add(endpoint); }
    }

    /// <summary>Looks for the endpoint itself, which alone tells two from one another whose ports are yet to be chosen, or for its port: "localhost" and
    /// "any" are bound at addresses of their own.</summary>
    public bool Contains(EndPoint endpoint)
    {
        lock (_lock)
        {
            return _endpoints.Exists(known => ReferenceEquals(known, endpoint)
                || (known is IPEndPoint { Port: > 0 and int port } && endpoint is IPEndPoint bound && bound.Port == port)
                || (known is not IPEndPoint && known.Equals(endpoint)));
        }
    }
}
