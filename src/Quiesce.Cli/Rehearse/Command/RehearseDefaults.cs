namespace Quiesce.Cli.Rehearse.Command;

/// <summary>The defaults of <c>quiesce rehearse</c>, each with its reason.</summary>
internal static class RehearseDefaults
{
    /// <summary>How most services are deployed.</summary>
    public const string Orchestrator = "kubernetes";

    /// <summary>Loopback as it is.</summary>
    public const string NetworkDelay = "0ms";

    /// <summary>Where a proxy is, one instance more carries the load of the one that leaves.</summary>
    public const int InstancesBehindProxy = 2;

    /// <summary>Seconds. Endpoint changes reach most nodes within this time; a calm cluster needs 0.2 s, a busy one 2 s.</summary>
    public const string EndpointLag = "0.2..2";

    /// <summary>Enough to see a loss that happens every time; races need 30 and more.</summary>
    public const string Deployments = "3";

    /// <summary>Requests a second: enough that some are always in flight, little enough for two cores that share the load generator.</summary>
    public const string Rate = "150";

    /// <summary>Most clients pool their connections; some do not.</summary>
    public const string FreshShare = "0.2";

    /// <summary>As many clients as talk to one instance of a small service. A fast program would otherwise be met by two or three
    /// connections, and what a stop does to an idle one would hardly be seen.</summary>
    public const string Connections = "16";

    /// <summary>What Kubernetes, Docker and systemd send.</summary>
    public const string Signal = "TERM";

    /// <summary>Any answer below 500 counts as ready, so even a 404 will do.</summary>
    public const string Ready = "/";

    /// <summary>Seconds.</summary>
    public const string ReadyTimeout = "30";

    /// <summary>Seconds. What an impatient client allows.</summary>
    public const string RequestTimeout = "10";

    /// <summary>Twice a week: what a calm team does.</summary>
    public const string DeploymentsPerYear = "100";

    /// <summary>Seconds of load before each signal: pools are filled and the new instance is warm.</summary>
    public const string Steady = "2";

    /// <summary>Seconds. Most services answer once the effect is there.</summary>
    public const string Settle = "0";
}
