using System.Net;

namespace Quiesce.AspNetCore.Announcing;

/// <summary>Who asks whether we are ready, and how often each has heard that we are not. Thread-safe.</summary>
internal sealed class ReadinessChecks(TimeProvider time)
{
    /// <summary>Whoever has not asked for so long asks no more: HAProxy's and Kubernetes' usual periods are 2 and 10 s, ALB's is 30 s.</summary>
    private static readonly TimeSpan _memory = TimeSpan.FromMinutes(1);

    /// <summary>More balancers than these are not told apart.</summary>
    private const int Most = 64;

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _seenEnough = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by _lock.
    private readonly Dictionary<IPAddress, Checker> _checkers = [];

    /// <summary>Completes once everybody who asks has heard "not ready" <see cref="AnnounceDefaults.ChecksNotReady"/> times.</summary>
    public Task SeenEnough => _seenEnough.Task;

    /// <summary>Somebody asks, and will be told.</summary>
    public void OnAsked(IPAddress? by, bool isReady)
    {
        bool enough;
        lock (_lock)
        {
            IPAddress address = by ?? IPAddress.None; // a Unix socket
            if (_checkers.Count >= Most && !_checkers.ContainsKey(address)) { ForgetLocked(); }

            int notReady = _checkers.GetValueOrDefault(address).NotReady + (isReady ? 0 : 1);
            _checkers[address] = new Checker(time.GetTimestamp(), notReady);
            enough = !isReady && _checkers.Values.All(checker =>
                checker.NotReady >= AnnounceDefaults.ChecksNotReady || time.GetElapsedTime(checker.AskedAt) > _memory);
        }

        if (enough) { _seenEnough.TrySetResult(); }
    }

    private void ForgetLocked()
    {
        IPAddress oldest = _checkers.MinBy(static pair => pair.Value.AskedAt).Key;
        _checkers.Remove(oldest);
    }

    private readonly record struct Checker(long AskedAt, int NotReady);
}
