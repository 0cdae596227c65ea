using System.Globalization;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>One request of a file, read line by line.</summary>
internal sealed class RequestBlock(string path, Mistakes mistakes)
{
    private static readonly Dictionary<string, TrafficKind> _kinds = new(StringComparer.Ordinal)
    {
        ["http"] = TrafficKind.Http,
        ["events"] = TrafficKind.Events,
        ["websocket"] = TrafficKind.WebSocket,
        ["http2"] = TrafficKind.Http2,
    };

    // RFC 9113, section 8.2.2: what speaks of a connection is no field of HTTP/2, and a server resets the stream.
    private static readonly string[] _ofConnections = ["KEEP-ALIVE", "PROXY-CONNECTION", "UPGRADE", "TE"];

    private readonly List<KeyValuePair<string, string>> _headers = [];
    private readonly List<string> _body = [];
    private string? _requestLine;
    private int _requestLineNumber;
    private bool _inBody;
    private int _weight = 1;
    private bool _hasEffect;
    private TrafficKind _kind;
    private double? _stay;
    private int _upload;

    public void Take(int number, string line)
    {
        if (_inBody) { _body.Add(line); }
        else if (IsComment(line)) { TakeComment(number, line.TrimStart('#', '/', ' ')); }
        else if (_requestLine is null) { TakeRequestLine(number, line); }
        else if (line.Trim().Length == 0) { _inBody = true; }
        else { TakeHeader(number, line); }
    }

    /// <summary>The request, or <see langword="null"/> for an empty block or one with a mistake.</summary>
    public RequestTemplate? ToTemplate()
    {
        if (_requestLine is null || RequestLine.Explain(_requestLine) is not null) { return null; }
        (string method, string target) = RequestLine.Split(_requestLine);
        string body = string.Join('\n', _body).Trim();
        var template = new RequestTemplate(method, target, _headers, body.Length == 0 ? null : body, _weight, _hasEffect)
        {
            Kind = _kind,
            Stay = _kind is TrafficKind.Events or TrafficKind.WebSocket ? TimeSpan.FromSeconds(_stay ?? LoadDefaults.StaySeconds) : TimeSpan.Zero,
            UploadBytes = _upload,
        };
        CheckKind(template);
        if (_hasEffect && !template.Holds(PlannedRequest.IdPlaceholder))
        {
            Refuse(_requestLineNumber, "is marked '# @effect' but has no {id} in path, headers or body, so no ledger can name it. Add one.");
        }

        return template;
    }

    private static double? Number(string text, double max) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number > 0 && number <= max ? number : null;

    private void CheckKind(RequestTemplate template)
    {
        if (template.IsStream && (template.Method != "GET" || template.HasEffect))
        {
            Refuse(_requestLineNumber, $"is of kind {_kind}, which is a GET without '# @effect'. Correct one of them.");
        }

        if (_kind == TrafficKind.Http2 && _headers.Find(static header => _ofConnections.Contains(header.Key.ToUpperInvariant())).Key is { } name)
        {
            Refuse(_requestLineNumber, $"is of kind http2 and has the header {name}, which HTTP/2 does not know. Leave it out.");
        }

        if (_stay is not null && !template.IsStream) { Refuse(_requestLineNumber, "has '# @stay', which belongs to '# @kind events' and 'websocket'. Leave it out."); }
        if (_upload > 0 && (template.Body is not null || template.IsStream || template.Method == "GET"))
        {
            Refuse(_requestLineNumber, "has '# @upload', which is the body of a POST, PUT or PATCH and needs no other. Correct one of them.");
        }
    }

    private static bool IsComment(string line) =>
        line.StartsWith('#') || line.StartsWith("//", StringComparison.Ordinal);

    private void TakeComment(int number, string text)
    {
        string[] words = text.Split([' ', '='], 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        switch (words.Length == 0 ? "" : words[0])
        {
            case "@effect":
                _hasEffect = true;
                break;
            case "@weight" when words.Length == 2 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int weight) && weight > 0:
                _weight = weight;
                break;
            case "@weight":
                Refuse(number, $"'@weight {(words.Length == 2 ? words[1] : "")}' is no weight. Use a whole number from 1, as in '# @weight 4'.");
                break;
            case "@kind" when words.Length == 2 && _kinds.TryGetValue(words[1], out TrafficKind kind):
                _kind = kind;
                break;
            case "@stay" when words.Length == 2 && Number(words[1], 3600) is { } seconds:
                _stay = seconds;
                break;
            case "@upload" when words.Length == 2 && Number(words[1], 100_000_000) is { } bytes:
                _upload = (int)bytes;
                break;
            case "@kind" or "@stay" or "@upload":
                Refuse(number, $"'{text}' cannot be used. Write '# @kind {string.Join("|", _kinds.Keys)}', '# @stay SECONDS' or '# @upload BYTES'.");
                break;
            case "@name":
                break; // Editors use it. A report calls the request by its method and path, which nobody has to look up.
            case { } word when word.StartsWith('@'):
                Refuse(number, $"'{word}' is not known. Known are @name, @weight, @effect, @kind, @stay and @upload.");
                break;
        }
    }

    private void TakeRequestLine(int number, string line)
    {
        if (line.Trim().Length == 0) { return; }
        _requestLine = line;
        _requestLineNumber = number;
        if (RequestLine.Explain(line) is { } mistake) { Refuse(number, $"'{line.Trim()}': {mistake}"); }
    }

    private void TakeHeader(int number, string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        string name = colon > 0 ? line[..colon].Trim() : "";
        if (name.Length == 0 || name.Any(char.IsWhiteSpace))
        {
            Refuse(number, $"'{line.Trim()}' is no header. Write 'Name: value', or leave a blank line before the body.");
        }
        else if (name.ToUpperInvariant() is "HOST" or "CONTENT-LENGTH" or "CONNECTION" or "TRANSFER-ENCODING")
        {
            Refuse(number, $"the header {name} is set by the tool. Leave it out.");
        }
        else
        {
            _headers.Add(new KeyValuePair<string, string>(name, line[(colon + 1)..].Trim()));
        }
    }

    private void Refuse(int number, string text) => mistakes.Add($"--requests {path}:{number}: {text}");
}
