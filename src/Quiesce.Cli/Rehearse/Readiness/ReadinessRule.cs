using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Readiness;

/// <summary>What <c>--ready</c> asks for.</summary>
/// <param name="Kind">Where to look.</param>
/// <param name="Value">Kind <see cref="ReadinessKind.Http"/>: a path, or a whole URL that may hold <c>{port}</c>. Kind
/// <see cref="ReadinessKind.Line"/>: the text. Otherwise empty.</param>
internal sealed record ReadinessRule(ReadinessKind Kind, string Value)
{
    public const string Tcp = "tcp", LinePrefix = "line:";

    /// <summary>Reads <c>/path</c>, <c>http://…</c>, <c>tcp</c> or <c>line:TEXT</c>; <see langword="null"/> for anything else.</summary>
    public static ReadinessRule? Parse(string text)
    {
        if (text == Tcp) { return new ReadinessRule(ReadinessKind.Tcp, ""); }
        if (text.StartsWith(LinePrefix, StringComparison.Ordinal) && text.Length > LinePrefix.Length)
        {
            return new ReadinessRule(ReadinessKind.Line, text[LinePrefix.Length..]);
        }

        bool usable = !text.Any(char.IsWhiteSpace) && (text.StartsWith('/') || IsUrl(text));
        return usable ? new ReadinessRule(ReadinessKind.Http, text) : null;
    }

    /// <summary>The URL to ask for an instance on <paramref name="port"/>. Kind <see cref="ReadinessKind.Http"/> only.</summary>
    public Uri UrlFor(int port)
    {
        string filled = PortPlaceholder.Fill(Value, port);
        return new Uri(filled.StartsWith('/') ? $"http://127.0.0.1:{port}{filled}" : filled);
    }

    /// <summary>What was asked for, in words.</summary>
    public override string ToString() => Kind switch
    {
        ReadinessKind.Tcp => "a connection",
        ReadinessKind.Line => $"a line with '{Value}'",
        _ => $"GET {Value}",
    };

    private static bool IsUrl(string text) =>
        Uri.TryCreate(PortPlaceholder.Fill(text, port: 1), UriKind.Absolute, out Uri? url) && url.Scheme == Uri.UriSchemeHttp;
}
