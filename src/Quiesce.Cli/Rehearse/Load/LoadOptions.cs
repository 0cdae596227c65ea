namespace Quiesce.Cli.Rehearse.Load;

/// <summary>The load of a rehearsal.</summary>
/// <param name="Rate">Requests a second, open loop: the schedule does not wait for answers.</param>
/// <param name="FreshShare">Share of requests, 0 to 1, that use a connection of their own; the rest reuse pooled keep-alive connections.</param>
/// <param name="Timeout">The client's limit for one request, from its scheduled instant.</param>
/// <param name="Templates">The mix; at least one.</param>
/// <param name="Seed">Seed of the mix and of the fresh share.</param>
internal sealed record LoadOptions(
    double Rate,
    double FreshShare,
    TimeSpan Timeout,
    IReadOnlyList<RequestTemplate> Templates,
    int Seed)
{
    /// <summary>How many keep-alive connections a pooled request opens before it begins to reuse idle ones.</summary>
    /// <value>Zero or more. 0, the default, reuses whenever one is idle: a fast program is then met by very few connections. A larger
    /// number spreads the same requests over more of them, each idle for longer, as many separate clients would.</value>
    public int MinimumConnections { get; init; }

    /// <summary>How long everything is under way between the clients and whoever they connect to, each way.</summary>
    /// <value>Zero, the default, is loopback as it is.</value>
    public TimeSpan NetworkDelay { get; init; }
}
