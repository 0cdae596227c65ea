using System.Text.RegularExpressions;

namespace Quiesce.Cli.Rehearse.Balancers.Proxies;

/// <summary>Which worker nginx's log says is current, and when an earlier one has stopped taking connections.</summary>
/// <remarks>Thread-safe: the thread that reads the log writes, the deployment waits.</remarks>
internal sealed partial class NginxWorkers(TimeProvider time)
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<string, long> _leaving = [];
    private readonly List<(string Worker, TaskCompletionSource<long> Source)> _waiting = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _current;

    /// <summary>Gets a task that completes when the first worker was started.</summary>
    public Task First => _first.Task;

    public void Take(string line)
    {
        if (Started().Match(line) is { Success: true } started)
        {
            lock (_lock) { _current = started.Groups["worker"].Value; }
            _first.TrySetResult();
        }
        else if (Leaves().Match(line) is { Success: true } leaves)
        {
            TakeLeaving(leaves.Groups["worker"].Value);
        }
    }

    /// <summary>Completes when the worker that is current now leaves, and so its successor, with the new configuration, takes every
    /// connection. To be asked before the reload.</summary>
    public Task<long> WhenCurrentLeaves()
    {
        lock (_lock)
        {
            var source = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_leaving.TryGetValue(_current!, out long at)) { source.SetResult(at); }
            else { _waiting.Add((_current!, source)); }
            return source.Task;
        }
    }

    private void TakeLeaving(string worker)
    {
        long at = time.GetTimestamp();
        TaskCompletionSource<long>[] told;
        lock (_lock)
        {
            _leaving.TryAdd(worker, at);
            told = [.. _waiting.Where(wait => wait.Worker == worker).Select(static wait => wait.Source)];
            _waiting.RemoveAll(wait => wait.Worker == worker);
        }

        foreach (TaskCompletionSource<long> source in told) { source.TrySetResult(at); }
    }

    [GeneratedRegex(@"start worker process (?<worker>\d+)$")]
    private static partial Regex Started();

    [GeneratedRegex(@"\] (?<worker>\d+)#\d+: gracefully shutting down$")]
    private static partial Regex Leaves();
}
