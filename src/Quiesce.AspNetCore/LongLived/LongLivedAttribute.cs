namespace Quiesce;

/// <summary>Says of an endpoint how its WebSockets and event streams end when the service leaves.</summary>
/// <remarks>
/// WebSockets, other upgraded connections and responses of type <c>text/event-stream</c> are long-lived without it. A long poll is known as one
/// if the endpoint has <c>WithLongLived</c>, or asks for <c>HttpContext.GoodbyeToken()</c>.
/// </remarks>
/// <param name="end">How they end.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class LongLivedAttribute(LongLivedEnd end) : Attribute
{
    /// <summary>Gets how they end.</summary>
    public LongLivedEnd End { get; } = end;
}
