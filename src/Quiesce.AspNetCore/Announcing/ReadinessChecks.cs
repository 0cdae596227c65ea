using System.Net;

namespace Quiesce.AspNetCore.Announcing;

/// <summary>Who asks whether we are ready, and how often each has heard that we are not. Thread-safe.</summary>
/// <remarks>They are told apart by address and User-Agent. A kubelet and an ingress on the host's network have one address, and so do balancers behind one
/// NAT; by the address alone three answers to both together would pass for three to each. Two of one kind behind one address are still taken for one.</remarks>
internal sealed class ReadinessChecks(TimeProvider time)
{
    /// <summary>Whoever has not asked for so long asks no more: HAProxy's and Kubernetes' usual periods are 2 and 10 s, ALB's is 30 s.</summary>
    private static readonly TimeSpan _memory = TimeSpan.FromMinutes(1);

    /// <summary>Of more than these, those who asked longest ago are forgotten, and not waited for.</summary>
    private const int Most = 64;

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _seenEnough = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by _lock.
    private readonly Dictionary<(IPAddress Address, string Agent), Checker> _checkers = [];

    /// <summary>Completes once everybody who asks has heard "not ready" <see cref="AnnounceDefaults.ChecksNotReady"/> times.</summary>
    public Task SeenEnough => _seenEnough.Task;

    /// <summary>Somebody asks, and will be told.</summary>
    /// <param name="by">From which address; <see langword="null"/> on a Unix socket.</param>
    /// <param name="agent">Its User-Agent; <see langword="null"/> if it says none.</param>
    /// <param name="isReady">What it is told.</param>
    public void OnAsked(IPAddress? by, string? agent, bool isReady)
    {
        bool enough;
        lock (_lock)
        {
            (IPAddress, string) who = (by ?? IPAddress.None, agent ?? "");
            if (_checkers.Count >= Most && !_checkers.ContainsKey(who)) { ForgetLocked(); }

            int notReady = _checkers.GetValueOrDefault(who).NotReady + (isReady ? 0 : 1);
            _checkers[who] = new Checker(time.GetTimestamp(), notReady);
            enough = !isReady && _checkers.Values.All(checker =>
                checker.NotReady >= AnnounceDefaults.ChecksNotReady || time.GetElapsedTime(checker.AskedAt) > _memory);
        }

        if (enough) { _seenEnough.TrySetResult(); }
    }

    private void ForgetLocked()
    {
        (IPAddress, string) oldest = _checkers.MinBy(static pair => pair.Value.AskedAt).Key;
        _checkers.Remove(oldest);
    }

    private readonly record struct Checker(long AskedAt, int NotReady);
}
