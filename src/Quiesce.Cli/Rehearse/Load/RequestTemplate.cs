namespace Quiesce.Cli.Rehearse.Load;

/// <summary>One kind of request of the mix. <c>{id}</c> in path, headers and body becomes the request's unique id.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Path and query, beginning with a slash.</param>
/// <param name="Headers">Headers to send besides <c>Host</c> and <c>Content-Length</c>.</param>
/// <param name="Body">The body, or <see langword="null"/> for none.</param>
/// <param name="Weight">How often it is chosen, relative to the others; at least 1.</param>
/// <param name="HasEffect">Whether an acknowledged request must show up in the effect ledgers.</param>
internal sealed record RequestTemplate(
    string Method,
    string Path,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    string? Body,
    int Weight,
    bool HasEffect)
{
    public TrafficKind Kind { get; init; }

    /// <summary>Gets how long the client of a stream stays before it leaves by itself.</summary>
    /// <value>Zero for a request; more for <see cref="TrafficKind.Events"/> and <see cref="TrafficKind.WebSocket"/>.</value>
    public TimeSpan Stay { get; init; }

    /// <summary>Gets how many bytes go out as the body, in its place; zero for none.</summary>
    public int UploadBytes { get; init; }

    /// <summary>Gets whether it goes on until somebody ends it, on a connection of its own.</summary>
    public bool IsStream => Kind is TrafficKind.Events or TrafficKind.WebSocket;

    /// <summary>What a report calls it: method and path with the placeholder left in.</summary>
    public string Name => Kind switch
    {
        TrafficKind.WebSocket => $"WebSocket {Path}",
        TrafficKind.Events => $"events {Path}",
        TrafficKind.Http2 => $"HTTP/2 {Method} {Path}",
        _ => $"{Method} {Path}",
    };

    /// <summary>Whether a placeholder occurs in path, headers or body.</summary>
    public bool Holds(string placeholder) =>
        Path.Contains(placeholder, StringComparison.Ordinal)
        || Body?.Contains(placeholder, StringComparison.Ordinal) == true
        || Headers.Any(header => header.Value.Contains(placeholder, StringComparison.Ordinal));
}
