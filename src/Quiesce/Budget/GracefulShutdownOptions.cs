namespace Quiesce;

/// <summary>The time a shutdown may take and how it is shared out.</summary>
/// <remarks>
/// Only <see cref="GracePeriod"/> needs to be right; everything else follows from it. A value that is
/// <see langword="null"/> is derived from the grace as its documentation says. Values that cannot hold together are
/// refused at start-up, all mistakes at once. Not thread-safe; read once, at start-up.
/// </remarks>
public sealed class GracefulShutdownOptions
{
    /// <summary>Gets or sets what the orchestrator allows from the signal to SIGKILL.</summary>
    /// <value>
    /// 2 seconds to 1 day; 30 seconds by default, as Kubernetes' <c>terminationGracePeriodSeconds</c>. The environment variable
    /// <c>QUIESCE_GRACE_PERIOD</c> (seconds or a TimeSpan) wins: the manifest that sets the grace knows it.
    /// Subtract a preStop hook's time: Kubernetes counts it in.
    /// </value>
    public TimeSpan GracePeriod { get; set; } = BudgetDefaults.GracePeriod;

    /// <summary>Gets or sets the end of the grace that is never planned with.</summary>
    /// <value>From zero to the grace. <see langword="null"/>, the default, means 10 % of the grace, 0.5 to 3 seconds.</value>
    public TimeSpan? Margin { get; set; }

    /// <summary>Gets or sets what is kept for the Release phase, whatever the drain does.</summary>
    /// <value>From zero to the budget. <see langword="null"/>, the default, means 20 % of the grace, at most 5 seconds.</value>
    public TimeSpan? ReleaseReserve { get; set; }

    /// <summary>Gets or sets what is kept between Drain and Release for work that the drain's deadline caught: it is
    /// cancelled, awaited and handed back in this time.</summary>
    /// <value>From zero to the budget. <see langword="null"/>, the default, means 10 % of the grace, at most 2 seconds.</value>
    public TimeSpan? HandBack { get; set; }

    /// <summary>Gets what signals mean.</summary>
    public SignalOptions Signals { get; } = new();

    /// <summary>Gets the settings of the announce.</summary>
    public AnnounceOptions Announce { get; } = new();

    /// <summary>Gets the settings of work without a natural end.</summary>
    public LongLivedOptions LongLived { get; } = new();

    /// <summary>Gets the settings of the report.</summary>
    public ReportOptions Report { get; } = new();

    /// <summary>Gets or sets a value indicating whether the exit code is 0 after every shutdown that a signal began and that ended by itself.</summary>
    /// <value><see langword="false"/> by default: work that was abandoned shows in the exit code, see <see cref="ShutdownExitCode"/>.</value>
    public bool AlwaysExitZero { get; set; }
}
