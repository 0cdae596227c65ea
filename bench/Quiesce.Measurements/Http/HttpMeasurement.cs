using Quiesce.Measurements.Services;

namespace Quiesce.Measurements.Http;

/// <summary>Requests per second with and without Quiesce, as pairs in the order A B B A, so that a machine that changes its pace meets both alike.</summary>
/// <remarks>
/// A pair is loaded second by second in that order, not each half in one go: the pace changes within seconds, by more than is measured here. Each pair has
/// processes of its own, because two of the same program differ in where their code and heap happen to lie, by more than that as well; and who is
/// started first changes from pair to pair.
/// </remarks>
internal static class HttpMeasurement
{
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
            while (measured.Count < pairs)
            {
                measured.Add(await MeasureAsync(tool, service, duration, withoutFirst: measured.Count % 2 == 0));
                Say.Progress($"{tool.Protocol}, pair {measured.Count}: {measured[^1].Without:N0} without, {measured[^1].With:N0} with");
            }

            double[] ratios = [.. measured.Select(static pair => pair.With / pair.Without)];
            (double low, double high) = Statistics.MedianInterval(ratios);
            Say.Result($"| {tool.Protocol} | {Statistics.Median(measured.Select(static pair => pair.Without)):N0} | {Statistics.Median(measured.Select(static pair => pair.With)):N0} | {Statistics.Median(ratios):0.000} | {low:0.000} to {high:0.000} | {Say.Verdict(Statistics.Median(ratios) >= 0.99 && low >= 0.97)} |");
        }

        return 0;
    }

    private static async Task<(double Without, double With)> MeasureAsync(LoadTool tool, string service, TimeSpan duration, bool withoutFirst)
    {
        (double first, double second) = await LoadAsync(tool, service, duration, withoutFirst ? ("stock", "quiesce") : ("quiesce", "stock"));
        return withoutFirst ? (first, second) : (second, first);
    }

    private static async Task<(double First, double Second)> LoadAsync(LoadTool tool, string service, TimeSpan duration, (string First, string Second) kinds)
    {
        Dictionary<string, string> environment = new() { ["Kestrel__EndpointDefaults__Protocols"] = tool.KestrelProtocols };
        await using Service first = await Service.StartAsync($"dotnet '{service}' {kinds.First}", environment: environment);
        await using Service second = await Service.StartAsync($"dotnet '{service}' {kinds.Second}", environment: environment);

        await tool.LoadAsync(first.Port, _warmUp);
        await tool.LoadAsync(second.Port, _warmUp);
        List<double> ofFirst = [], ofSecond = [];
        for (TimeSpan loaded = TimeSpan.Zero; loaded < duration; loaded += _slice)
        {
            bool inOrder = ofFirst.Count % 2 == 0;
            double earlier = await tool.LoadAsync((inOrder ? first : second).Port, _slice);
            double later = await tool.LoadAsync((inOrder ? second : first).Port, _slice);
            (inOrder ? ofFirst : ofSecond).Add(earlier);
            (inOrder ? ofSecond : ofFirst).Add(later);
        }

        return (ofFirst.Average(), ofSecond.Average());
    }
}
