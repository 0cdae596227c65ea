namespace Quiesce.AspNetCore.Announcing;

/// <summary>What counts as evidence that nothing new is sent to us any more, and why each number has its size.</summary>
internal static class AnnounceDefaults
{
    /// <summary>HAProxy's <c>fall</c> and Kubernetes' <c>failureThreshold</c> are 3 by default, ALB's threshold is 2.</summary>
    public const int ChecksNotReady = 3;

    /// <summary>Arrivals at random leave a gap of 14 / λ once in e^14, a million, times: such a silence is no accident.</summary>
    private const double Certain = 14;

    /// <summary>Endpoint changes reach the nodes of a cluster one after the other; a gap of less than a second says nothing, whatever the rate.</summary>
    public static readonly TimeSpan ShortestSilence = TimeSpan.FromSeconds(1);

    /// <summary>A balancer that has just heard "not ready" for the last time still acts on it.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(250);

    /// <summary>The silence after which new connections have stopped; <see cref="TimeSpan.MaxValue"/> if none would say so.</summary>
    public static TimeSpan SilenceAt(double perSecond)
    {
        if (perSecond <= 0 || Certain / perSecond > TimeSpan.FromDays(1).TotalSeconds) { return TimeSpan.MaxValue; }

        var silence = TimeSpan.FromSeconds(Certain / perSecond);
        return silence > ShortestSilence ? silence : ShortestSilence;
    }
}
