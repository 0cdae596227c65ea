namespace Rehearsals.Tests;

/// <summary>Runs <c>quiesce rehearse</c> on Checkout with PostgreSQL and RabbitMQ: web behind a balancer, its worker beside it.</summary>
internal static class OrderRehearsal
{
    public static IReadOnlyList<string> Ledgers { get; } = ["payments", "confirmations", "audit"];

    /// <param name="connections">Where a database and a queue are that nobody else uses.</param>
    /// <param name="style">How web and worker leave.</param>
    /// <param name="options">Further options of the tool.</param>
    public static async Task<RehearsalResult> RunAsync(IReadOnlyDictionary<string, string> connections, string style, params string[] options)
    {
        using var folder = new TemporaryFolder();
        return await RehearsalTool.RunAsync(connections, folder.Path, Arguments(style, folder["data"], options));
    }

    private static IEnumerable<string> Arguments(string style, string data, string[] options)
    {
        string[] service = ["dotnet", RehearsalTool.Checkout, "--data", data, "--store", "postgres", "--queue", "rabbitmq", "--shutdown", style];
        IEnumerable<string> ledgers = Ledgers.SelectMany(name => new[]
        {
            "--ledger-command", $"{name}=dotnet {RehearsalTool.Checkout} ledger {name} --data {data} --store postgres",
        });
        return
        [
            "--title", $"Orders, {style}", "--balancer", "kube", "--ready", "/readyz", "--requests", Path.Combine(RehearsalTool.Requests, "checkout.http"),
            "--beside", $"{string.Join(' ', service)} --role worker --urls http://127.0.0.1:{{port}}", "--settle", "30",
            .. ledgers, .. options, "--", .. service,
        ];
    }
}
