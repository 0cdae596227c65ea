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
    /// <summary>What a report calls it: method and path with the placeholder left in.</summary>
    public string Name => $"{Method} {Path}";
}
