using System.Net;

namespace Quiesce.Cli.Rehearse.Balancers;

/// <summary>One running instance of the program: where it listens, and which start it was.</summary>
/// <param name="Instance">1 for the first process of the rehearsal, 2 for its successor, and so on; 0 for a proxy in front of them.</param>
/// <param name="Address">Where it listens; always loopback.</param>
internal sealed record Endpoint(int Instance, IPEndPoint Address)
{
    /// <summary>Gets the port of a listener of its own for HTTP/2 without TLS; <see langword="null"/> when one port serves all.</summary>
    public int? Http2Port { get; init; }

    /// <summary>Gets where requests of HTTP/2 go.</summary>
    public IPEndPoint Http2Address => Http2Port is { } port ? new IPEndPoint(Address.Address, port) : Address;

    /// <summary>Gets whether a proxy stands in front: who answered is known only from its answer.</summary>
    public bool IsProxy => Instance == 0;
}
