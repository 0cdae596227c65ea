using System.Net;
using System.Text.Json;

namespace Quiesce.Cli.Rehearse.Ledger;

/// <summary>Asks a URL for the ids of one ledger: lines of text, or a JSON list.</summary>
/// <remarks>Anything else takes the verdict away: an empty list made of a login page would pass for "nothing was done".</remarks>
internal sealed class LedgerUrl(LedgerSource source, TimeProvider time)
{
    // As for a command: a query over a few thousand rows takes far less, and a service that hangs must not hang the rehearsal.
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    // Some million ids. More is not what was asked for.
    private const int MostBytes = 100_000_000;

    /// <exception cref="LedgerException">It did not answer in time, or not with ids.</exception>
    public async Task<IReadOnlyCollection<string>> ReadAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        // No redirect: it usually leads to a page for people. No proxy: the address is what was typed.
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MostBytes,
        };
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(source.Source), either.Token);
            string text = await answer.Content.ReadAsStringAsync(either.Token);
            return answer.StatusCode == HttpStatusCode.OK
                ? Parse(answer.Content.Headers.ContentType?.MediaType, text)
                : throw Failed($"answered with status {(int)answer.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed($"had not answered after {_limit.TotalSeconds} s");
        }
        catch (HttpRequestException error)
        {
            throw Failed($"could not be asked: {error.Message}");
        }
    }

    private IReadOnlyCollection<string> Parse(string? type, string text)
    {
        string begin = text.TrimStart();
        if (type == "application/json" || begin.StartsWith('[') || begin.StartsWith('{')) { return ParseList(text); }
        if (type == "text/html" || begin.StartsWith('<')) { throw Failed("answered with a page, not with ids"); }
        return text.Any(static c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            ? throw Failed("answered with bytes that are no text")
            : LedgerReader.Clean(text.Split('\n'));
    }

    private List<string> ParseList(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Array) { throw Failed("answered with JSON that is no list"); }
            return [.. json.RootElement.EnumerateArray().Select(IdOf)];
        }
        catch (JsonException error)
        {
            throw Failed($"answered with JSON that is broken: {error.Message}");
        }
    }

    private string IdOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind kind => throw Failed($"answered with a list that holds a JSON {kind.ToString().ToLowerInvariant()}; each id is a string or a number"),
    };

    private LedgerException Failed(string what) =>
        new($"The ledger {source.Name}: {source.Source} {what}. It must answer GET with 200 and the ids of what was done, as lines of text or as a JSON list.");
}
