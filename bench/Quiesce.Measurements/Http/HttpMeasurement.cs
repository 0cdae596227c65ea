using Quiesce.Measurements.Services;

namespace Quiesce.Measurements.Http;

/// <summary>Requests per second with and without Quiesce, as pairs in the order A B B A, so that a machine that changes its pace meets both alike.</summary>
/// <remarks>The service has one core for itself, and the load another: where both share them, what the scheduler happens to do differs by more than is
/// measured here, and a part of what a request costs is the load's.</remarks>
internal static class HttpMeasurement
{
    /// <summary>Processes differ in where their code and heap happen to lie, by more than is measured here: many of them, and no more pairs
    /// of each than the order A B B A needs.</summary>
    private const int PairsPerProcess = 2;

    /// <summary>Of util-linux; followed by the core's number and a command.</summary>
    public const string OnCore = "taskset --cpu-list";

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
        await using Service without = await Service.StartAsync($"{OnCore} 0 dotnet '{service}' stock", environment: environment);
        await using Service with = await Service.StartAsync($"{OnCore} 0 dotnet '{service}' quiesce", environment: environment);

        // The first seconds belong to the just-in-time compiler.
        await tool.LoadAsync(without.Port, duration);
        await tool.LoadAsync(with.Port, duration);
        for (int i = 0; i < pairs; i++)
        {
            bool withoutFirst = i % 2 == 0;
            double first = await tool.LoadAsync((withoutFirst ? without : with).Port, duration);
            double second = await tool.LoadAsync((withoutFirst ? with : without).Port, duration);
            measured.Add(withoutFirst ? (first, second) : (second, first));
            Say.Progress($"{tool.Protocol}, pair {measured.Count}: {measured[^1].Without:N0} without, {measured[^1].With:N0} with");
        }
    }
}
