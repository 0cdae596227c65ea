using Quiesce.Cli.Rehearse.Command;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>How long a rehearsal takes: a guess at first, better with each deployment that was seen.</summary>
internal sealed class Forecast(RehearseSettings settings)
{
    // Until one start and one end were seen.
    private static readonly TimeSpan _unknown = TimeSpan.FromSeconds(1);

    // Two checks, each 500 ms, and the wait for the first.
    private static readonly TimeSpan _checks = TimeSpan.FromSeconds(1);

    private int _seen;
    private TimeSpan _seenTime;

    /// <summary>Load without any stop: the first requests of a cold program are among them, so longer than before a signal.</summary>
    public TimeSpan NoStop => settings.Steady * 1.5;

    /// <summary>Load before the SIGKILL: something must be in flight, no more.</summary>
    public TimeSpan BeforeKill => settings.Steady * 0.5;

    /// <summary>What one deployment takes.</summary>
    public TimeSpan Deployment => _seen > 0 ? _seenTime / _seen : settings.Steady + _unknown + Leaving(_unknown);

    /// <summary>What both baselines take.</summary>
    public TimeSpan Baselines => settings.Baselines ? NoStop + BeforeKill + _unknown + Leaving(TimeSpan.Zero) : TimeSpan.Zero;

    /// <summary>Everything.</summary>
    public TimeSpan Total => _unknown + Baselines + Remaining(0) + _unknown;

    /// <summary>Everything, if each instance gets ready and leaves at the last moment.</summary>
    public TimeSpan Longest
    {
        get
        {
            int services = settings.Beside.Count;
            int starts = settings.Instances + services + ((settings.Deployments + (settings.Baselines ? 1 : 0)) * (1 + services));
            return (starts * settings.ReadyTimeout) + (settings.Deployments * (settings.Steady + Leaving(settings.Grace)))
                + Baselines + settings.Grace + settings.RequestTimeout + settings.Settle + (services > 0 ? settings.Grace : TimeSpan.Zero);
        }
    }

    public TimeSpan Remaining(int done) => (settings.Deployments - done) * Deployment;

    /// <summary>Learns from a deployment that is over.</summary>
    public void Learn(TimeSpan took)
    {
        _seen++;
        _seenTime += took;
    }

    private TimeSpan Leaving(TimeSpan exit)
    {
        TimeSpan lag = settings.Balancer switch
        {
            BalancerKind.Kube or BalancerKind.Nginx => settings.EndpointLag.Max,
            BalancerKind.Haproxy => _checks,
            _ => TimeSpan.Zero,
        };
        return exit > lag ? exit : lag;
    }
}
