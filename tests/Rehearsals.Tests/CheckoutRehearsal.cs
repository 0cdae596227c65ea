using System.Diagnostics;
using System.Text.Json;

namespace Rehearsals.Tests;

/// <summary>Runs <c>quiesce rehearse</c> on Checkout, as a person would, and reads what it wrote.</summary>
internal static class CheckoutRehearsal
{
    /// <summary>Passes only when the rehearsal itself hangs: a small one takes half a minute.</summary>
    private static readonly TimeSpan _hang = TimeSpan.FromMinutes(4);

    private static readonly string[] _ledgers = ["orders", "confirmations", "audit"];

    public static Task<RehearsalResult> RunAsync(string style, string balancer, params string[] options) =>
        RunMixAsync("checkout.http", style, balancer, options);

    public static async Task<RehearsalResult> RunMixAsync(string mix, string style, string balancer, string[] options)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("quiesce-rehearsal-");
        try
        {
            string json = Path.Combine(folder.FullName, "result.json");
            using Process tool = Start([.. Rehearse(mix, style, balancer, folder.FullName, json, options)]);
            try
            {
                string output = await ReadAsync(tool).WaitAsync(_hang);
                return new RehearsalResult(tool.ExitCode, output, File.Exists(json) ? JsonDocument.Parse(await File.ReadAllTextAsync(json)) : null);
            }
            finally
            {
                // The tool ends everything it started when it is told to stop; killing it would leave that behind.
                if (!tool.HasExited) { Process.Start("kill", ["-TERM", $"{tool.Id}"]).WaitForExit(); }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Rehearse(string mix, string style, string balancer, string folder, string json, string[] options)
    {
        string data = Path.Combine(folder, "data");
        string checkout = Built("Checkout", "Checkout.dll");
        IEnumerable<string> ledgers = _ledgers
            .SelectMany(name => new[] { "--ledger-command", $"{name}=dotnet {checkout} ledger {name} --data {data}" });
        return
        [
            Built("Quiesce.Cli", "quiesce.dll"), "rehearse", "--title", $"Checkout, {style}", "--balancer", balancer,
            "--ready", "/readyz", "--requests", Path.Combine(Path.GetDirectoryName(checkout)!, mix),
            .. ledgers, "--json", json, .. options, "--", "dotnet", checkout, "--data", data, "--shutdown", style,
        ];
    }

    private static Process Start(IEnumerable<string> arguments) => Process.Start(
        new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static async Task<string> ReadAsync(Process tool)
    {
        Task<string> error = tool.StandardError.ReadToEndAsync();
        string output = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        return output + await error;
    }

    /// <summary>All projects build into one folder, side by side.</summary>
    private static string Built(string project, string file)
    {
        var mine = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(mine.Parent!.Parent!.FullName, project, mine.Name, file);
    }
}
