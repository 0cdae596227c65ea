namespace Quiesce;

/// <summary>The shares of the grace and why each has its size.</summary>
internal static class BudgetDefaults
{
    /// <summary>Kubernetes' default; ECS, Heroku and Azure Container Apps use the same.</summary>
    public static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(30);

    /// <summary>The kubelet itself never allows less than 2 s; below that nothing useful can be planned.</summary>
    public static readonly TimeSpan ShortestGrace = TimeSpan.FromSeconds(2);

    /// <summary>Longer is a typing mistake: no platform waits for a day.</summary>
    public static readonly TimeSpan LongestGrace = TimeSpan.FromDays(1);

    /// <summary>Timers and the scheduler on a busy node are late by tenths of a second, not by seconds.</summary>
    public static readonly Share Margin = new(0.10, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(3));

    /// <summary>Flushing and closing pools takes tenths of a second; 5 s covers a slow broker.</summary>
    public static readonly Share ReleaseReserve = new(0.20, TimeSpan.Zero, TimeSpan.FromSeconds(5));

    /// <summary>Cancelling and answering 503, or one nack, takes milliseconds; 2 s covers a slow network.</summary>
    public static readonly Share HandBack = new(0.10, TimeSpan.Zero, TimeSpan.FromSeconds(2));

    /// <summary>Endpoint changes reach most nodes within 3 s, slow ingresses need up to 10.</summary>
    public static readonly Share Announce = new(0.35, TimeSpan.Zero, TimeSpan.FromSeconds(10));

    /// <summary>A fraction of the grace between two bounds.</summary>
    internal readonly record struct Share(double Fraction, TimeSpan Least, TimeSpan Most)
    {
        public TimeSpan Of(TimeSpan grace)
        {
            TimeSpan share = grace * Fraction;
            return share < Least ? Least : share > Most ? Most : share;
        }
    }
}
