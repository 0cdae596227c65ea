namespace Quiesce;

/// <summary>How a request without a natural end ends when the service leaves.</summary>
public enum LongLivedEnd
{
    /// <summary>When its turn comes, its good-bye token is cancelled. If nobody asked for that token, a WebSocket's client gets a close frame
    /// with 1001 (going away), anything else sees its <c>RequestAborted</c> cancelled, and its response ends whole. The default.</summary>
    Goodbye,

    /// <summary>The same, and its <c>RequestAborted</c> is cancelled at once in any case.</summary>
    Cancel,

    /// <summary>It does have a natural end, and is waited for like any other request: an event stream that carries one answer, for example.</summary>
    Finish,
}
