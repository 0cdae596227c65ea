using Microsoft.AspNetCore.Connections;

namespace Quiesce.AspNetCore.Connections;

/// <summary>One connection that a listener of ours has accepted; a feature of it, so that its requests find it.</summary>
internal sealed class TrackedConnection(ConnectionContext connection, long acceptedAt)
{
    private volatile bool _isProbe;

    public ConnectionContext Connection => connection;

    public long AcceptedAt => acceptedAt;

    /// <summary>Whether it belongs to a balancer or an orchestrator that only looks how we are: no client of the application's.</summary>
    public bool IsProbe
    {
        get => _isProbe;
        set => _isProbe = value;
    }
}
