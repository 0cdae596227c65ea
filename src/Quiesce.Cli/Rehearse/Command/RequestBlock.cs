using System.Globalization;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>One request of a file, read line by line.</summary>
internal sealed class RequestBlock(string path, Mistakes mistakes)
{
    private readonly List<KeyValuePair<string, string>> _headers = [];
    private readonly List<string> _body = [];
    private string? _requestLine;
    private int _requestLineNumber;
    private bool _inBody;
    private int _weight = 1;
    private bool _hasEffect;

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
        var template = new RequestTemplate(method, target, _headers, body.Length == 0 ? null : body, _weight, _hasEffect);
        if (_hasEffect && !RequestLine.Holds(template, "{id}"))
        {
            Refuse(_requestLineNumber, "is marked '# @effect' but has no {id} in path, headers or body, so no ledger can name it. Add one.");
        }

        return template;
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
            case "@name":
                break; // Editors use it. A report calls the request by its method and path, which nobody has to look up.
            case { } word when word.StartsWith('@'):
                Refuse(number, $"'{word}' is not known. Known are @name, @weight and @effect.");
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
