using System.Text.Json;
using Adapters.Tests.Servers;
using Checkout.Tests.Servers;

namespace Rehearsals.Tests;

/// <summary>Every acknowledged order is paid, confirmed and audited once, whichever half of the shop is being replaced. The large size is eng/soak.</summary>
[Trait("Size", "Full")]
[Collection(WithServers.Name)]
public sealed class OrderTests(PostgreSqlServer postgres, RabbitMqServer rabbitMq)
{
    private const int Pass = 0, NoVerdict = 4;

    // Three of four requests are orders: some 110 a second.
    private static readonly string[] _quick = ["--rate", "150", "--deployments", "3", "--steady", "1"];

    [Fact]
    public async Task Quiesce_WebAndWorkerAreReplaced_LosesDoublesAndStrandsNothing()
    {
        IReadOnlyDictionary<string, string> connections = await ShopConnections.NewAsync(postgres, rabbitMq);

        RehearsalResult result = await OrderRehearsal.RunAsync(connections, "quiesce", _quick);

        // A machine that is too busy for the rate gets no verdict; a loss it shows all the same.
        Assert.True(result.ExitCode is Pass or NoVerdict, result.Output);
        Assert.Equal(0, result.Count("failures"));
        AssertEffectsAreComplete(result);
        AssertLeftByThemselves(result);
        await AssertNothingIsLeftAsync(connections);
    }

    private static void AssertEffectsAreComplete(RehearsalResult result)
    {
        Assert.Equal(["payments", "confirmations", "audit"], result.Ledgers.Select(static ledger => ledger.GetProperty("name").GetString()));
        foreach (JsonElement ledger in result.Ledgers)
        {
            Assert.NotEqual(0, ledger.GetProperty("acknowledged").GetInt32());
            Assert.Equal(0, ledger.GetProperty("acknowledgedNotDone").GetArrayLength());
            Assert.Equal(0, ledger.GetProperty("doneTwice").GetArrayLength());
        }
    }

    /// <summary>Web and worker, each in every deployment.</summary>
    private static void AssertLeftByThemselves(RehearsalResult result) => Assert.All(result.Deployments, static deployment =>
    {
        JsonElement worker = Assert.Single(deployment.GetProperty("beside").EnumerateArray());
        foreach (JsonElement left in (JsonElement[])[deployment, worker])
        {
            Assert.Equal(0, left.GetProperty("exitCode").GetInt32());
            Assert.False(left.GetProperty("killed").GetBoolean());
            Assert.True(left.GetProperty("insideGrace").GetBoolean());
        }
    });

    /// <summary>No message in the outbox or the queue, no lock, no session: the last have left.</summary>
    private static async Task AssertNothingIsLeftAsync(IReadOnlyDictionary<string, string> connections)
    {
        await using ChildProcess leftovers = ChildProcess.StartCommand(["dotnet", RehearsalTool.Checkout, "leftovers"], connections);
        int exitCode = await leftovers.ExitAsync();
        Assert.True(exitCode == 0, leftovers.Output.All);
    }
}
