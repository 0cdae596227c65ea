using System.Globalization;
using Adapters.Tests.Servers;
using Checkout.Tests.Running;

namespace Checkout.Tests.Servers;

/// <summary>A database, a queue and a folder of a test's own, and the processes that share them.</summary>
internal sealed class Shop : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly (string Name, string Value)[] _connections;

    private Shop((string Name, string Value)[] connections) => _connections = connections;

    public string Data => _folder.Data;

    public static async Task<Shop> OpenAsync(PostgreSqlServer postgres, RabbitMqServer rabbitMq) =>
        new([.. (await ShopConnections.NewAsync(postgres, rabbitMq)).Select(static pair => (pair.Key, pair.Value))]);

    public Task<CheckoutProcess> ServeAsync(string options, params (string Name, string Value)[] environment) =>
        CheckoutProcess.ServeAsync(Data, $"{options} --store postgres", [.. _connections, .. environment]);

    public CheckoutProcess Start(string arguments, params (string Name, string Value)[] environment) =>
        CheckoutProcess.Start(arguments, [.. _connections, .. environment]);

    public async Task<string[]> LedgerAsync(string ledger)
    {
        await using CheckoutProcess command = Start($"ledger {ledger} --data {Data} --store postgres");
        Assert.Equal((0, ""), await command.ExitAsync());
        return (await command.OutputAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>What <c>checkout leftovers</c> counts: messages in the outbox, locks, sessions, messages in the queue.</summary>
    public async Task<int[]> LeftoversAsync()
    {
        await using CheckoutProcess command = Start("leftovers");
        (int exitCode, string error) = await command.ExitAsync();
        int[] counts = [.. (await command.OutputAsync()).Split('\n').Select(static line => int.Parse(line.Trim().Split(' ')[0], CultureInfo.InvariantCulture))];
        Assert.Equal((counts.All(static count => count == 0) ? 0 : 1, ""), (exitCode, error));
        return counts;
    }

    public void Dispose() => _folder.Dispose();
}
