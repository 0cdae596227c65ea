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

    /// <summary>Gets what failed, whether there is a verdict or not: a busy machine that holds the load up takes it away, and says nothing of the program.</summary>
    private IEnumerable<string?> Failures => Root.GetProperty("verdict").GetProperty("reasons").EnumerateArray()
        .Select(static reason => reason.GetString())
        .Where(static reason => reason?.StartsWith("This machine held the load up", StringComparison.Ordinal) != true);

    /// <summary>Every instance, and what was deployed with it, has left by itself inside its grace; every effect of what was acknowledged is there, once.</summary>
    /// <param name="deployments">How many there must have been.</param>
    /// <param name="ledgers">Those that something must be in.</param>
    public void AssertNothingFailed(int deployments, params IEnumerable<string> ledgers)
    {
        Assert.True(!Failures.Any(), Output);
        Assert.Equal(deployments, Deployments.Count());
        Assert.Equal(ledgers, Ledgers.Select(static ledger => ledger.GetProperty("name").GetString()));
        foreach (JsonElement ledger in Ledgers)
        {
            Assert.NotEqual(0, ledger.GetProperty("acknowledged").GetInt32());
            Assert.Equal(0, ledger.GetProperty("acknowledgedNotDone").GetArrayLength());
            Assert.Equal(0, ledger.GetProperty("doneTwice").GetArrayLength());
        }

        foreach (JsonElement left in Deployments.SelectMany(static stop => stop.GetProperty("beside").EnumerateArray().Prepend(stop)))
        {
            Assert.Equal(0, left.GetProperty("exitCode").GetInt32());
            Assert.False(left.GetProperty("killed").GetBoolean());
            Assert.True(left.GetProperty("insideGrace").GetBoolean());
        }
    }

    public int Count(string name) => Requests.GetProperty(name).GetInt32();

    public int SumOfBaseline(string name) => Root.GetProperty("baselines").GetProperty(name).GetProperty("failures").GetInt32();
}
