using System.Globalization;
using Quiesce.Measurements.Footprint;
using Quiesce.Measurements.Services;

namespace Quiesce.Measurements.Connections;

/// <summary>How long a service takes to tell all of many clients to go, beside a loop over the same connections.</summary>
internal static class ConnectionsMeasurement
{
    /// <summary>As many connections at once as the listener's queue holds without loss.</summary>
    private const int AtOnce = 128;

    /// <summary>The ratio is wanted with the last of them, where the connections take the time and not the first calls of all that closes them.</summary>
    private static readonly int[] _counts = [80, 800, 8_000];

    /// <summary>Without the waits that are there on purpose, so that clients do not come back as one herd.</summary>
    private static readonly Dictionary<string, string> _atOnce = new()
    {
        ["GracefulShutdown__Announce__Maximum"] = "00:00:00",
        ["GracefulShutdown__Announce__Linger"] = "00:00:00",
        ["GracefulShutdown__LongLived__Spread"] = "00:00:00",
        ["QUIESCE_GRACE_PERIOD"] = "60",
    };

    public static async Task<int> RunAsync(string service, int rounds)
    {
        Say.Result($"| connections | told at the end, of all rounds | last told, loop, ms | last told, Quiesce, ms | ratio of the pairs, median | wanted | per connection, µs | private memory per connection, KiB, loop | Quiesce |");
        Say.Result($"| --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |");
        List<double> linear = [];
        foreach ((string name, bool isWebSocket) in new[] { ("idle, HTTP/1.1", false), ("WebSocket", true) })
        {
            List<double> last = [];
            foreach (int count in _counts) { last.Add(await MeasureAsync(service, rounds, name, isWebSocket, count)); }

            linear.AddRange(last.Zip(last.Skip(1), static (fewer, more) => more / fewer));
        }

        string factors = string.Join(", ", linear.Select(static factor => factor.ToString("0.0", CultureInfo.InvariantCulture)));
        Say.Result($"");
        Say.Result($"Ten times the connections take at most ten times as long ({factors} times): {Say.Verdict(linear.TrueForAll(static factor => factor <= 10))}.");
        return 0;
    }

    /// <returns>How long it took until the last one was told with Quiesce, in milliseconds, median of the rounds.</returns>
    private static async Task<double> MeasureAsync(string service, int rounds, string name, bool isWebSocket, int count)
    {
        List<Round> loop = [];
        List<Round> quiesce = [];
        for (int round = 0; round < rounds; round++)
        {
            bool loopFirst = round % 2 == 0;
            foreach (string kind in loopFirst ? new[] { "loop", "quiesce" } : ["quiesce", "loop"])
            {
                Round measured = await RoundAsync($"dotnet '{service}' {kind}", isWebSocket, count);
                (kind == "loop" ? loop : quiesce).Add(measured);
                Say.Progress($"{name}, {count:N0}, {kind}: last told after {measured.Milliseconds:0} ms, {measured.Told:N0} told, {measured.Kilobytes:0.0} KiB each");
            }
        }

        double ratio = Statistics.Median(loop.Zip(quiesce, static (a, b) => b.Milliseconds / a.Milliseconds));
        double last = Statistics.Median(quiesce.Select(static one => one.Milliseconds));
        int told = quiesce.Sum(static one => one.Told);
        Say.Result($"| {count:N0} {name} | {told:N0} of {count * rounds:N0} | {Statistics.Median(loop.Select(static one => one.Milliseconds)):N0} | {last:N0} | {ratio:0.00} | {(count == _counts[^1] ? Say.Verdict(ratio <= 2) : "")} | {last * 1000 / count:N0} | {Statistics.Median(loop.Select(static one => one.Kilobytes)):0.0} | {Statistics.Median(quiesce.Select(static one => one.Kilobytes)):0.0} |");
        return last;
    }

    private static async Task<Round> RoundAsync(string command, bool isWebSocket, int count)
    {
        await using Service service = await Service.StartAsync(command, environment: _atOnce);
        double before = ProcessFigures.PrivateKilobytes(service.Id);
        List<OpenConnection> connections = [];
        while (connections.Count < count)
        {
            int some = Math.Min(AtOnce, count - connections.Count);
            connections.AddRange(await Task.WhenAll(Enumerable.Range(0, some).Select(_ => OpenConnection.OpenAsync(service.Port, isWebSocket))));
        }

        // A connection that has only just come is not silent yet.
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System);
        double kilobytes = (ProcessFigures.PrivateKilobytes(service.Id) - before) / count;
        Task<long>[] told = [.. connections.Select(static connection => connection.ToldAsync())];
        long signalled = TimeProvider.System.GetTimestamp();
        service.Terminate();
        long last = (await Task.WhenAll(told)).Max();
        await service.GoneAsync();
        connections.ForEach(static connection => connection.Dispose());
        int wanted = isWebSocket ? 1001 : 0;
        return new Round(TimeProvider.System.GetElapsedTime(signalled, last).TotalMilliseconds, connections.Count(connection => connection.Told == wanted), kilobytes);
    }

    /// <param name="Milliseconds">From the signal until the last client was told.</param>
    /// <param name="Told">Clients that were told as it should be: by a close frame with 1001, or by the connection's end.</param>
    /// <param name="Kilobytes">Private memory of the service for each connection.</param>
    private sealed record Round(double Milliseconds, int Told, double Kilobytes);
}
