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

    /// <summary>Looks for the endpoint itself, which alone tells two from one another whose ports are yet to be chosen, or for what the server binds in its
    /// place.</summary>
    public bool Contains(EndPoint endpoint)
    {
        lock (_lock)
        {
            return _endpoints.Exists(known => ReferenceEquals(known, endpoint)
                || (known is IPEndPoint wanted ? endpoint is IPEndPoint bound && StandsFor(bound, wanted) : known.Equals(endpoint)));
        }
    }

    /// <summary>The server binds "localhost" and "any" at addresses of their own, of either family; clients may have the same port at another one.</summary>
    private static bool StandsFor(IPEndPoint bound, IPEndPoint wanted) => wanted.Port > 0 && bound.Port == wanted.Port
        && (bound.Address.Equals(wanted.Address)
            || (IsAny(wanted.Address) && IsAny(bound.Address))
            || (IPAddress.Loopback.Equals(wanted.Address) && IPAddress.IPv6Loopback.Equals(bound.Address)));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
