using Adapters.Tests.Servers;
using Checkout.Tests.Servers;

namespace Rehearsals.Tests;

/// <summary>Every acknowledged order is paid, confirmed and audited once, whichever half of the shop is being replaced. The large size is eng/soak.</summary>
[Trait("Size", "Full")]
[Collection(WithServers.Name)]
public sealed class OrderTests(PostgreSqlServer postgres, RabbitMqServer rabbitMq)
{
    // Three of four requests are orders: some 110 a second.
    private static readonly string[] _quick = ["--rate", "150", "--deployments", "3", "--steady", "1"];

    [Fact]
    public async Task Quiesce_WebAndWorkerAreReplaced_LosesDoublesAndStrandsNothing()
    {
        IReadOnlyDictionary<string, string> connections = await ShopConnections.NewAsync(postgres, rabbitMq);

        RehearsalResult result = await OrderRehearsal.RunAsync(connections, "quiesce", _quick);

        result.AssertNothingFailed(deployments: 3, OrderRehearsal.Ledgers);
        Assert.Equal(0, result.Count("failures"));

        // Web and worker, each in every deployment.
        Assert.All(result.Deployments, static deployment => Assert.Single(deployment.GetProperty("beside").EnumerateArray()));
        await AssertNothingIsLeftAsync(connections);
    }

    /// <summary>No message in the outbox or the queue, no lock, no session: the last have left.</summary>
    private static async Task AssertNothingIsLeftAsync(IReadOnlyDictionary<string, string> connections)
    {
        await using ChildProcess leftovers = ChildProcess.StartCommand(["dotnet", RehearsalTool.Checkout, "leftovers"], connections);
        int exitCode = await leftovers.ExitAsync();
        Assert.True(exitCode == 0, leftovers.Output.All);
    }
}
