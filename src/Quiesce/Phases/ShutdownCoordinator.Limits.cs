namespace Quiesce;

/// <content>The limits of those that join while the program runs: too late to refuse it, so they are shortened, and a warning says so.</content>
internal sealed partial class ShutdownCoordinator
{
    private readonly Lock _limitsLock = new();

    // Guarded by _limitsLock.
    private readonly HashSet<string> _saidOfLimits = [];
    private Task _limitsChecked = Task.CompletedTask;
    private bool _limitsAreDue;

    /// <summary>Gets a task that completes when the limits were looked at that were known when it was asked for.</summary>
    public Task LimitsChecked
    {
        get { lock (_limitsLock) { return _limitsChecked; } }
    }

    /// <summary>Has the limits looked at soon, on the pool. A look concerns all of them and the chains that they form; those that join while one is due share it, so that
    /// ten thousand hooks cost a few looks and not ten thousand.</summary>
    public void CheckLimits()
    {
        lock (_limitsLock)
        {
            if (_limitsAreDue) { return; }

            _limitsAreDue = true;
            _limitsChecked = _limitsChecked.ContinueWith(
                static (_, coordinator) => ((ShutdownCoordinator)coordinator!).LookAtLimits(),
                this, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void LookAtLimits()
    {
        // First, or somebody who joins after the look would take it for one that is still to come.
        lock (_limitsLock) { _limitsAreDue = false; }

        IReadOnlyList<string> problems = LimitCheck.Run(Participants.Snapshot(), _budget, configured: null).Failures;
        string[] news;
        lock (_limitsLock) { news = [.. problems.Where(_saidOfLimits.Add)]; }

        foreach (string problem in news) { Log.LimitsShortened(_logger, problem); }
    }
}
