namespace Quiesce;

/// <summary>What <c>/readyz</c> answers from the signal on.</summary>
public enum ReadinessAnswer
{
    /// <summary>503: balancers that check send nothing new. The default.</summary>
    Fail,

    /// <summary>200, as before. In Kubernetes the endpoint is taken out without it, and a service whose last replica leaves is still reached
    /// while it passes.</summary>
    Pass,

    /// <summary>404, for HAProxy's <c>http-check disable-on-404</c>: nothing new, while persistent sessions stay.</summary>
    NotFound,
}
