using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Quiesce.Measurements.Http;

/// <summary>A load generator: how it is called, and how its output says what came of it.</summary>
internal sealed partial record LoadTool(string Protocol, string KestrelProtocols, Func<int, int, string[]> Command, Regex Rate, Regex Failure)
{
    private const string Connections = "32";

    public static LoadTool[] All { get; } =
    [
        new("HTTP/1.1, wrk", "Http1",
            static (port, seconds) => ["wrk", "--threads", "1", "--connections", Connections, "--duration", $"{seconds}s", $"http://127.0.0.1:{port}/"],
            WrkRate(), WrkFailure()),
        H2load("one request at a time", streams: "1"), // as wrk's connections have
        H2load("ten at a time", streams: "10"), // when frames share system calls, and little is left of a request but the server's own work
    ];

    /// <summary>Loads for some seconds.</summary>
    /// <returns>Requests per second.</returns>
    /// <exception cref="InvalidOperationException">A request failed.</exception>
    public async Task<double> LoadAsync(int port, TimeSpan duration)
    {
        string[] command = Command(port, (int)duration.TotalSeconds);
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Match rate = Rate.Match(output);
        if (process.ExitCode != 0 || !rate.Success || Failure.IsMatch(output)) { throw new InvalidOperationException($"{string.Join(' ', command)} failed:\n{output}"); }

        return double.Parse(rate.Groups["rate"].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static LoadTool H2load(string what, string streams) => new($"HTTP/2 (h2c), h2load, {what}", "Http2",
        (port, seconds) => ["h2load", "--threads", "1", "--clients", Connections, "--max-concurrent-streams", streams, "--duration", $"{seconds}", $"http://127.0.0.1:{port}/"],
        H2loadRate(), H2loadFailure());

    [GeneratedRegex(@"Requests/sec: +(?<rate>[\d.]+)")]
    private static partial Regex WrkRate();

    [GeneratedRegex("Socket errors|Non-2xx")]
    private static partial Regex WrkFailure();

    [GeneratedRegex(@"finished in [\d.]+m?s, (?<rate>[\d.]+) req/s")]
    private static partial Regex H2loadRate();

    [GeneratedRegex(@"requests: .* [1-9]\d* (failed|errored|timeout)|status codes: .* [1-9]\d* [345]xx")]
    private static partial Regex H2loadFailure();
}
