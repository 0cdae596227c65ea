using System.Diagnostics;

namespace Packages.Tests;

/// <summary>Runs what a page tells its reader to type.</summary>
internal static class Shell
{
    // A first restore loads packages.
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs lines, each of which must succeed.</summary>
    /// <returns>What they wrote.</returns>
    public static async Task<string> RunAsync(string folder, string lines)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-c", $"{{\n{lines}\n}} 2>&1"]) { WorkingDirectory = folder, RedirectStandardOutput = true };

        // What runs the tests was started by a build, and tells its children so.
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // or a build would leave a process behind
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> written = process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(_limit);
            string output = await written.OrHang();
            Assert.True(process.ExitCode == 0, $"Exit code {process.ExitCode} of:\n{lines}\n{output}");
            return output;
        }
        finally
        {
            if (!process.HasExited) { process.Kill(entireProcessTree: true); }
        }
    }
}
