namespace Rehearsals.Tests;

/// <summary>Runs <c>quiesce rehearse</c> on Checkout as it comes: SQLite, and a queue in memory.</summary>
internal static class CheckoutRehearsal
{
    /// <summary>The mix of every kind of connection. Its requests of HTTP/2 need a listener of their own.</summary>
    public const string Mixed = "checkout-mixed.http";

    private static readonly string[] _ledgers = ["orders", "confirmations", "audit"];

    public static Task<RehearsalResult> RunAsync(string style, string balancer, params string[] options) =>
        RunMixAsync("checkout.http", style, balancer, options);

    public static async Task<RehearsalResult> RunMixAsync(string mix, string style, string balancer, string[] options)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("quiesce-rehearsal-");
        try
        {
            return await RehearsalTool.RunAsync(new Dictionary<string, string>(), folder.FullName, Arguments(mix, style, balancer, folder.FullName, options));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Arguments(string mix, string style, string balancer, string folder, string[] options)
    {
        string data = Path.Combine(folder, "data");
        string[] http2 = mix == Mixed ? ["--http2-port", "{http2-port}"] : [];
        IEnumerable<string> ledgers = _ledgers
            .SelectMany(name => new[] { "--ledger-command", $"{name}=dotnet {RehearsalTool.Checkout} ledger {name} --data {data}" });
        return
        [
            "--title", $"Checkout, {style}", "--balancer", balancer, "--ready", "/readyz", "--requests", Path.Combine(RehearsalTool.Requests, mix),
            .. ledgers, .. options, "--", "dotnet", RehearsalTool.Checkout, "--data", data, "--shutdown", style, .. http2,
        ];
    }
}
