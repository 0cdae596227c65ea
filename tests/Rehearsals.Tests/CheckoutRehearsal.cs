namespace Rehearsals.Tests;

/// <summary>Runs <c>quiesce rehearse</c> on Checkout as it comes: SQLite, and a queue in memory.</summary>
internal static class CheckoutRehearsal
{
    /// <summary>The mix of every kind of connection. Its requests of HTTP/2 need a listener of their own.</summary>
    public const string Mixed = "checkout-mixed.http";

    public static IReadOnlyList<string> Ledgers { get; } = ["orders", "confirmations", "audit"];

    public static Task<RehearsalResult> RunAsync(string style, string balancer, params string[] options) =>
        RunMixAsync("checkout.http", style, balancer, options);

    public static async Task<RehearsalResult> RunMixAsync(string mix, string style, string balancer, string[] options)
    {
        using var folder = new TemporaryFolder();
        return await RehearsalTool.RunAsync(new Dictionary<string, string>(), folder.Path, Arguments(mix, style, balancer, folder.Path, options));
    }

    private static IEnumerable<string> Arguments(string mix, string style, string balancer, string folder, string[] options)
    {
        string data = Path.Combine(folder, "data");
        string[] http2 = mix == Mixed ? ["--http2-port", "{http2-port}"] : [];
        IEnumerable<string> ledgers = Ledgers
            .SelectMany(name => new[] { "--ledger-command", $"{name}=dotnet {RehearsalTool.Checkout} ledger {name} --data {data}" });
        return
        [
            "--title", $"Checkout, {style}", "--balancer", balancer, "--ready", "/readyz", "--requests", Path.Combine(RehearsalTool.Requests, mix),
            .. ledgers, .. options, "--", "dotnet", RehearsalTool.Checkout, "--data", data, "--shutdown", style, .. http2,
        ];
    }
}
