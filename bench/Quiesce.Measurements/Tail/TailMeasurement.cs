using Quiesce.Measurements.Services;

namespace Quiesce.Measurements.Tail;

/// <summary>How long a process stays after the last byte of its last answer: what a deployment waits for on top of the work.</summary>
internal static class TailMeasurement
{
    private const string Empty = "an empty .NET host", Quiesce = "with Quiesce";
    private const double Wanted = 25; // ms above the empty host

    /// <summary>The announce is switched off: it is waiting on purpose, and comes before the last answer anyway.</summary>
    private static readonly Dictionary<string, string> _noAnnounce = new() { ["GracefulShutdown__Announce__Maximum"] = "00:00:00" };

    public static async Task<int> RunAsync(string service, int rounds, string[] rivals)
    {
        (string Name, string Command)[] programs =
        [
            (Empty, $"dotnet '{service}' empty"),
            (Quiesce, $"dotnet '{service}' quiesce"),
            ("stock ASP.NET Core", $"dotnet '{service}' stock"),
            .. rivals.Select(static rival => (rival[..rival.IndexOf('=')], rival[(rival.IndexOf('=') + 1)..])),
        ];
        var tails = programs.ToDictionary(static program => program.Name, static _ => new List<double>());
        for (int round = 1; round <= rounds; round++)
        {
            // There and back: whoever comes first in one round comes last in the next.
            foreach ((string name, string command) in round % 2 == 0 ? programs.Reverse() : programs)
            {
                tails[name].Add(await (name == Empty ? EmptyHostAsync(command) : MeasureAsync(command)));
            }

            Say.Progress($"round {round}: {string.Join(", ", tails.Select(static tail => FormattableString.Invariant($"{tail.Key} {tail.Value[^1]:0.0} ms")))}");
        }

        Say.Result($"| program | median | p90 | median above the empty host |");
        Say.Result($"| --- | ---: | ---: | ---: |");
        foreach ((string name, List<double> tail) in tails)
        {
            string above = name == Empty ? "" : FormattableString.Invariant($"{AboveEmpty(name):0.0} ms");
            Say.Result($"| {name} | {Statistics.Median(tail):0.0} ms | {Statistics.Quantile(tail, 0.9):0.0} ms | {above} |");
        }

        Say.Result($"");
        Say.Result($"Quiesce at most {Wanted} ms above the empty host: {Say.Verdict(AboveEmpty(Quiesce) <= Wanted)}.");

        return 0;

        double AboveEmpty(string name) => Statistics.Median(tails[name].Zip(tails[Empty], static (mine, empty) => mine - empty));
    }

    /// <summary>It has no last answer: from SIGTERM on.</summary>
    private static async Task<double> EmptyHostAsync(string command)
    {
        await using Service service = await Service.StartAsync(command, listens: false);
        long signalled = TimeProvider.System.GetTimestamp();
        service.Terminate();
        return TimeProvider.System.GetElapsedTime(signalled, await service.GoneAsync()).TotalMilliseconds;
    }

    /// <summary>SIGTERM in the middle of the last request, which is answered all the same.</summary>
    private static async Task<double> MeasureAsync(string command)
    {
        await using Service service = await Service.StartAsync(command, environment: _noAnnounce);
        await new LastAnswer(service.Port).GetAsync(static () => { }); // nobody's first request is measured
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<long> answering = new LastAnswer(service.Port).GetAsync(sent.SetResult);
        await sent.Task;

        // A third of its time into the request: each program has taken it by then.
        await Task.Delay(TimeSpan.FromSeconds(0.1), TimeProvider.System);
        service.Terminate();
        Task<long> leaving = service.GoneAsync();
        return TimeProvider.System.GetElapsedTime(await answering, await leaving).TotalMilliseconds;
    }
}
