namespace Quiesce.Cli.Rehearse.Load;

/// <summary>What kind of exchange a request of the mix is.</summary>
internal enum TrafficKind
{
    /// <summary>One request, one answer, over HTTP/1.1.</summary>
    Http,

    /// <summary>A stream of server-sent events, or any answer that goes on until somebody ends it.</summary>
    Events,

    /// <summary>A WebSocket.</summary>
    WebSocket,

    /// <summary>One request, one answer, in a stream of HTTP/2 without TLS, by prior knowledge.</summary>
    Http2,
}
