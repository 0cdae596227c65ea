using System.Text.Json;

namespace Rehearsals.Tests;

/// <summary>What one rehearsal said.</summary>
internal sealed record RehearsalResult(int ExitCode, string Output, JsonDocument? Json)
{
    public JsonElement Requests => Root.GetProperty("requests");

    public IEnumerable<JsonElement> Deployments => Root.GetProperty("deployments").EnumerateArray();

    public IEnumerable<JsonElement> Ledgers => Root.GetProperty("ledgers").EnumerateArray();

    /// <summary>Gets what the mix consists of.</summary>
    public IEnumerable<string?> Templates => Root.GetProperty("settings").GetProperty("templates").EnumerateArray().Select(static template => template.GetProperty("name").GetString());

    private JsonElement Root => (Json ?? throw new InvalidOperationException($"No result; the tool said:{Environment.NewLine}{Output}")).RootElement;

    public int Count(string name) => Requests.GetProperty(name).GetInt32();

    public int SumOfBaseline(string name) => Root.GetProperty("baselines").GetProperty(name).GetProperty("failures").GetInt32();
}
