using System.Diagnostics;
using System.Text.Json;

namespace Rehearsals.Tests;

/// <summary>Runs <c>quiesce rehearse</c>, as a person would, and reads what it wrote.</summary>
internal static class RehearsalTool
{
    /// <summary>Passes only when the rehearsal itself hangs: a small one takes half a minute.</summary>
    private static readonly TimeSpan _hang = TimeSpan.FromMinutes(4);

    /// <summary>Gets the program of the sample.</summary>
    public static string Checkout { get; } = Built("Checkout", "Checkout.dll");

    /// <summary>Gets the folder with the files of requests.</summary>
    public static string Requests { get; } = Path.GetDirectoryName(Checkout)!;

    /// <param name="environment">What the tool is told, and everything that it starts.</param>
    /// <param name="folder">For its result.</param>
    /// <param name="arguments">Those of <c>rehearse</c>.</param>
    public static async Task<RehearsalResult> RunAsync(IReadOnlyDictionary<string, string> environment, string folder, IEnumerable<string> arguments)
    {
        string json = Path.Combine(folder, "result.json");
        using Process tool = Start([Built("Quiesce.Cli", "quiesce.dll"), "rehearse", "--json", json, .. arguments], environment);
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

    private static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment) { start.Environment[name] = value; }

        return Process.Start(start)!;
    }

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
