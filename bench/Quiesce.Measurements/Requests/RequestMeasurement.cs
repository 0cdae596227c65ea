namespace Quiesce.Measurements.Requests;

/// <summary>What a request costs more, in process: Kestrel's own, with its parsing, its features and its callbacks, and no network.</summary>
/// <remarks>The services take turns of some milliseconds, because the machine changes its pace within seconds; compared is what ran side by side.</remarks>
internal static class RequestMeasurement
{
    // A hundredth of the 30 µs that a core spends on the smallest request; a small object or two.
    private const double MostAdded = 300, MostBytes = 100;

    private static readonly Counting[] _services = Enum.GetValues<Counting>();

    public static async Task<int> RunAsync(int rounds, int requests)
    {
        List<InProcessService> services = [];
        foreach (Counting counting in _services) { services.Add(await InProcessService.StartAsync(counting)); }

        Say.Progress($"warming up");
        for (int i = 0; i < 200; i++)
        {
            foreach (InProcessService service in services) { Send(service, requests); }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System); // the compiler works in the background
        }

        List<double>[] times = [.. _services.Select(static _ => new List<double>())];
        for (int round = 0; round < rounds; round++)
        {
            // Forth and back: whoever comes first one time comes last the next.
            foreach (int i in round % 2 == 0 ? Enumerable.Range(0, times.Length) : Enumerable.Range(0, times.Length).Reverse()) { times[i].Add(Send(services[i], requests)); }

            if ((round + 1) % Math.Max(1, rounds / 10) == 0) { Say.Progress($"{(round + 1) * 100 / rounds} %"); }
        }

        Say.Result($"| a request | ns, median | ns at the machine's full pace | ns more, median of the rounds | middle half of the rounds | bytes |");
        Say.Result($"| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (Counting counting in _services)
        {
            List<double> mine = times[(int)counting];
            double[] added = Added(counting);
            Say.Result($"| {Describe(counting)} | {Statistics.Median(mine):N0} | {Statistics.Quantile(mine, 0.01):N0} | {Statistics.Median(added):N0} | {Statistics.Quantile(added, 0.25):N0} to {Statistics.Quantile(added, 0.75):N0} | {BytesOf(services[(int)counting], requests):N0} |");
        }

        double more = Statistics.Median(Added(Counting.ByQuiesce)), bytes = BytesOf(services[(int)Counting.ByQuiesce], requests) - BytesOf(services[(int)Counting.Nobody], requests);
        Say.Result($"");
        Say.Result($"With Quiesce a request takes {more:N0} ns more, at most {MostAdded} wanted: {Say.Verdict(more <= MostAdded)}; and {bytes:N0} bytes more, at most {MostBytes} wanted: {Say.Verdict(bytes <= MostBytes)}.");
        foreach (InProcessService service in services) { await service.DisposeAsync(); }

        return 0;

        double[] Added(Counting counting) => [.. times[(int)counting].Zip(times[(int)Counting.Nobody], static (mine, bare) => mine - bare)];
    }

    /// <summary>Returns nanoseconds for each.</summary>
    private static double Send(InProcessService service, int requests)
    {
        long startedAt = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < requests; i++)
        {
            if (!service.Send()) { throw new InvalidOperationException("The answer is not what it should be."); }
        }

        return TimeProvider.System.GetElapsedTime(startedAt).TotalNanoseconds / requests;
    }

    /// <summary>Everything happens on this thread.</summary>
    private static double BytesOf(InProcessService service, int requests)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Send(service, requests);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)requests;
    }

    private static string Describe(Counting counting) => counting switch
    {
        Counting.Nobody => "without Quiesce",
        Counting.ByQuiesce => "with Quiesce",
        _ => "with the calls of the server that counting needs, and nothing in them",
    };
}
