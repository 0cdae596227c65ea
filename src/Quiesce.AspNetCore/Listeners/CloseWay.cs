namespace Quiesce.AspNetCore.Listeners;

/// <summary>How a listener was closed.</summary>
internal enum CloseWay
{
    /// <summary>At once: the socket is not ours alone, or is none, or the transport keeps the queue itself (QUIC). What waited was reset.</summary>
    AtOnce,

    /// <summary>After its queue was empty. A connection that came in the instant of the close was reset.</summary>
    Drained,

    /// <summary>New connections were kept out first, then the queue was emptied: none was reset.</summary>
    Gated,

    /// <summary>Before its queue was empty, because time was up or a person did not want to wait.</summary>
    Hurried,
}
