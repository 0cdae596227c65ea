using System.Text.RegularExpressions;

namespace Quiesce.Cli.Rehearse.Balancers.Proxies;

/// <summary>What HAProxy's log says about each of its servers, as it says it.</summary>
/// <remarks>Thread-safe: the thread that reads the log writes, the deployment waits.</remarks>
internal sealed partial class HaproxyServers(TimeProvider time)
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<string, (bool IsUp, long At)> _states = [];
    private readonly List<(string Server, bool IsUp, TaskCompletionSource<long> Source)> _waiting = [];

    public void Take(string line)
    {
        Match match = Change().Match(line);
        if (!match.Success) { return; }
        (string server, bool isUp) = (match.Groups["server"].Value, match.Groups["state"].Value == "UP");
        long at = time.GetTimestamp();
        TaskCompletionSource<long>[] told;
        lock (_lock)
        {
            // HAProxy says everything twice, on standard error and in its log: the first counts.
            if (_states.TryGetValue(server, out (bool IsUp, long At) state) && state.IsUp == isUp) { return; }
            _states[server] = (isUp, at);
            told = [.. _waiting.Where(wait => wait.Server == server && wait.IsUp == isUp).Select(static wait => wait.Source)];
            _waiting.RemoveAll(wait => wait.Server == server && wait.IsUp == isUp);
        }

        foreach (TaskCompletionSource<long> source in told) { source.TrySetResult(at); }
    }

    /// <summary>Completes with the instant at which the server was, or will be, seen in that state.</summary>
    public Task<long> When(string server, bool isUp)
    {
        lock (_lock)
        {
            if (_states.TryGetValue(server, out (bool IsUp, long At) state) && state.IsUp == isUp) { return Task.FromResult(state.At); }
            var source = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((server, isUp, source));
            return source.Task;
        }
    }

    [GeneratedRegex("Server (?<server>\\S+/\\S+) is (going )?(?<state>UP|DOWN)\\b")]
    private static partial Regex Change();
}
