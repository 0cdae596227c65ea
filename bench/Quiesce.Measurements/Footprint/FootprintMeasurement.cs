using System.Globalization;
using Quiesce.Measurements.Services;

namespace Quiesce.Measurements.Footprint;

/// <summary>What Quiesce adds to a minimal service that has nothing to do: time at its start, memory, threads that wake.</summary>
internal static class FootprintMeasurement
{
    /// <summary>The kernel keeps 15 characters of a thread's name.</summary>
    private const string OurThreads = "Quiesce";

    private const double Megabyte = 1_000_000 / 1024.0; // in KiB

    public static async Task<int> RunAsync(string service, int pairs, TimeSpan idle)
    {
        List<Figures> without = [], with = [];
        for (int pair = 1; pair <= pairs; pair++)
        {
            foreach (List<Figures> figures in pair % 2 == 0 ? [with, without] : new[] { without, with })
            {
                figures.Add(await MeasureAsync(service, figures == with ? "quiesce" : "stock"));
            }

            Say.Progress($"pair {pair}: {without[^1]} without, {with[^1]} with");
        }

        Say.Result($"| of a minimal service, median of {pairs} | without | with | added, median of the pairs |");
        Say.Result($"| --- | ---: | ---: | ---: |");
        Row("start until it listens, ms", static figures => figures.Startup);
        Row("managed heap after a collection, KiB", static figures => figures.Heap);
        double added = Row("private memory after 100 requests and a collection, KiB", static figures => figures.Private);
        double dirty = Row("- written to (Private_Dirty)", static figures => figures.Dirty);
        Row("- pages of files that no other process uses (Private_Clean)", static figures => figures.Clean);
        double timers = Row("timers", static figures => figures.Timers);
        Row("threads", static figures => figures.Threads);
        Say.Result($"");
        Say.Result($"Less than 1 MB of private memory: {Say.Verdict(added < Megabyte)}; of what is written to: {Say.Verdict(dirty < Megabyte)}. No timer more: {Say.Verdict(timers <= 0)}.");
        return idle > TimeSpan.Zero ? await IdleAsync(service, idle) : 0;

        double Row(string name, Func<Figures, double> of)
        {
            double added = Statistics.Median(with.Zip(without, (mine, stock) => of(mine) - of(stock)));
            Say.Result($"| {name} | {Statistics.Median(without.Select(of)):N0} | {Statistics.Median(with.Select(of)):N0} | {added:N0} |");
            return added;
        }
    }

    private static async Task<Figures> MeasureAsync(string program, string kind)
    {
        await using Service service = await Service.StartAsync($"dotnet '{program}' {kind}");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{service.Port}") };
        for (int i = 0; i < 100; i++) { await client.GetStringAsync("/"); }

        double timers = await NumberAsync(client, "/timers"), heap = await NumberAsync(client, "/heap");
        return new Figures(
            service.Startup.TotalMilliseconds, heap / 1024, ProcessFigures.DirtyKilobytes(service.Id), ProcessFigures.CleanKilobytes(service.Id), timers,
            ProcessFigures.Sleeps(service.Id).Count);
    }

    /// <summary>Watches each thread of ours for a while in which nobody asks anything of the service.</summary>
    private static async Task<int> IdleAsync(string program, TimeSpan idle)
    {
        await using Service service = await Service.StartAsync($"dotnet '{program}' quiesce");
        Say.Progress($"idle for {idle.TotalSeconds} s");
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System); // what its start began has ended
        Dictionary<(string Id, string Name), long> before = ProcessFigures.Sleeps(service.Id);
        await Task.Delay(idle, TimeProvider.System);
        Dictionary<(string Id, string Name), long> after = ProcessFigures.Sleeps(service.Id);
        (string Name, long Wakes)[] wakes = [.. after.Select(thread => (thread.Key.Name, thread.Value - before.GetValueOrDefault(thread.Key)))];
        (string Name, long Wakes)[] ours = [.. wakes.Where(static thread => thread.Name.StartsWith(OurThreads, StringComparison.Ordinal))];
        Say.Result($"Idle for {idle.TotalSeconds} s with Quiesce: {ours.Length} thread of ours ({string.Join(", ", ours.Select(static thread => thread.Name))}), woken {ours.Sum(static thread => thread.Wakes)} times.");
        Say.Result($"The other threads, all of the runtime and of Kestrel, were woken {wakes.Sum(static thread => thread.Wakes) - ours.Sum(static thread => thread.Wakes)} times.");
        return ours.Length > 0 && ours.All(static thread => thread.Wakes == 0) ? 0 : 1;
    }

    private static async Task<double> NumberAsync(HttpClient client, string path) =>
        double.Parse(await client.GetStringAsync(path), CultureInfo.InvariantCulture);

    private sealed record Figures(double Startup, double Heap, double Dirty, double Clean, double Timers, double Threads)
    {
        public double Private => Dirty + Clean;

        public override string ToString() => FormattableString.Invariant($"{Startup:0} ms to start, {Heap:0} KiB heap, {Dirty:0} and {Clean:0} KiB private");
    }
}
