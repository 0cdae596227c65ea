using Quiesce.Measurements.Services;

namespace Quiesce.Measurements.Http;

/// <summary>Requests per second with and without Quiesce, as pairs in the order A B B A, so that a machine that changes its pace meets both alike.</summary>
/// <remarks>A pair is loaded second by second in that order, not each half in one go: the pace changes within seconds, by more than is measured here.</remarks>
internal static class HttpMeasurement
{
    /// <summary>Processes differ in where their code and heap happen to lie, by more than is measured here: many of them, and no more pairs
    /// of each than the order A B B A needs.</summary>
    private const int PairsPerProcess = 2;

    private static readonly TimeSpan _slice = TimeSpan.FromSeconds(1); // the least that the tools know

    /// <summary>How long the just-in-time compiler has, of each process: on two cores it shares them with the load.</summary>
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string service, int pairs, TimeSpan duration)
    {
        Say.Result($"| protocol | without, median per second | with, median | ratio of the pairs, median | 95 % interval | wanted |");
        Say.Result($"| --- | ---: | ---: | ---: | ---: | --- |");
        foreach (LoadTool tool in LoadTool.All)
        {
            List<(double Without, double With)> measured = [];
            while (measured.Count < pairs) { await MeasureAsync(tool, service, Math.Min(PairsPerProcess, pairs - measured.Count), duration, measured); }

            double[] ratios = [.. measured.Select(static pair => pair.With / pair.Without)];
            (double low, double high) = Statistics.MedianInterval(ratios);
            Say.Result($"| {tool.Protocol} | {Statistics.Median(measured.Select(static pair => pair.Without)):N0} | {Statistics.Median(measured.Select(static pair => pair.With)):N0} | {Statistics.Median(ratios):0.000} | {low:0.000} to {high:0.000} | {Say.Verdict(Statistics.Median(ratios) >= 0.99 && low >= 0.97)} |");
        }

        return 0;
    }

    private static async Task MeasureAsync(LoadTool tool, string service, int pairs, TimeSpan duration, List<(double Without, double With)> measured)
    {
        Dictionary<string, string> environment = new() { ["Kestrel__EndpointDefaults__Protocols"] = tool.KestrelProtocols };
        await using Service without = await Service.StartAsync($"dotnet '{service}' stock", environment: environment);
        await using Service with = await Service.StartAsync($"dotnet '{service}' quiesce", environment: environment);

        await tool.LoadAsync(without.Port, _warmUp);
        await tool.LoadAsync(with.Port, _warmUp);
        for (int i = 0; i < pairs; i++)
        {
            List<double> ofWithout = [], ofWith = [];
            for (TimeSpan loaded = TimeSpan.Zero; loaded < duration; loaded += _slice)
            {
                bool withoutFirst = ofWith.Count % 2 == 0;
                double first = await tool.LoadAsync((withoutFirst ? without : with).Port, _slice);
                double second = await tool.LoadAsync((withoutFirst ? with : without).Port, _slice);
                (withoutFirst ? ofWithout : ofWith).Add(first);
                (withoutFirst ? ofWith : ofWithout).Add(second);
            }

            measured.Add((ofWithout.Average(), ofWith.Average()));
            Say.Progress($"{tool.Protocol}, pair {measured.Count}: {measured[^1].Without:N0} without, {measured[^1].With:N0} with");
        }
    }
}
