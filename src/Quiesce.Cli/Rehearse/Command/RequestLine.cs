using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>Reads <c>METHOD /path</c>, from the command line or from a file of requests.</summary>
internal static class RequestLine
{
    private static readonly string[] _methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>Reads one <c>--request</c>.</summary>
    public static RequestTemplate ToTemplate(string text, Mistakes mistakes)
    {
        string? mistake = Explain(text);
        if (mistake is not null) { mistakes.Add($"--request is '{text}': {mistake}"); }
        (string method, string path) = mistake is null ? Split(text) : ("GET", "/");
        return new RequestTemplate(method, path, [], Body: null, Weight: 1, HasEffect: false);
    }

    /// <summary>What is wrong with a request line, or <see langword="null"/>.</summary>
    public static string? Explain(string text)
    {
        (string method, string path) = Split(text);
        if (!_methods.Contains(method)) { return $"'{method}' is no method. Write it as 'GET /path'; known are {string.Join(", ", _methods)}."; }
        if (path.Contains("://", StringComparison.Ordinal))
        {
            return "leave scheme and host out: the tool knows where the program listens. Write 'GET /path'.";
        }

        if (!path.StartsWith('/')) { return "the path must begin with a slash, as in 'GET /path'."; }
        return path.Any(char.IsWhiteSpace) ? "the path holds a blank; write it as %20." : null;
    }

    /// <summary>Method and path; the version that .http files may name at the end is dropped.</summary>
    public static (string Method, string Path) Split(string text)
    {
        string trimmed = text.Trim();
        int blank = trimmed.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0) { return (trimmed, ""); }
        string path = trimmed[(blank + 1)..].Trim();
        int version = path.LastIndexOf(" HTTP/", StringComparison.Ordinal);
        return (trimmed[..blank], version < 0 ? path : path[..version].TrimEnd());
    }
}
