namespace Quiesce;

/// <summary>How a source of work that somebody else feeds, such as a web server behind a balancer, says that it is leaving.</summary>
public sealed class AnnounceOptions
{
    /// <summary>Gets or sets how long the web server goes on accepting and serving at most after it said that it is leaving. It ends earlier
    /// once new connections have stopped, or balancers' checks have seen it leave.</summary>
    /// <value>
    /// From zero (no announce) to what the budget leaves. <see langword="null"/>, the default, means 35 % of the grace, at most
    /// 10 seconds: endpoint changes reach most Kubernetes nodes within 3 seconds, slow ingresses need up to 10.
    /// </value>
    public TimeSpan? Maximum { get; set; }

    /// <summary>Gets or sets how long HTTP/1.1 connections that have not spoken since the signal may stay when nothing is in flight any more: the time
    /// over which they are closed, one after the other. One that speaks meanwhile is served and told to close, and loses nothing.</summary>
    /// <value>From zero (all at once) to 1 day, at most half of what is left to drain in is used. <see langword="null"/>, the default, means a millisecond
    /// for each, at most a second. Longer is worth it where clients come straight to the service, without a balancer.</value>
    public TimeSpan? Linger { get; set; }

    /// <summary>Gets or sets what the readiness probe answers from the signal on.</summary>
    /// <value><see cref="ReadinessAnswer.Fail"/> by default: 503.</value>
    public ReadinessAnswer Readiness { get; set; }
}
