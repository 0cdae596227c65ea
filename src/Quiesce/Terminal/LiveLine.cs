namespace Quiesce;

/// <summary>One line on the terminal that says what is waited for, rewritten in place, after a person has pressed Ctrl+C.</summary>
/// <remarks>
/// Nobody waits for it while the shutdown runs: each rewriting has a thread of its own, and a terminal that is stopped with Ctrl+S
/// stops the line, not the shutdown. It ends as one of the report's channels, with the summary. No colours, so there is nothing for
/// NO_COLOR to switch off. Thread-safe.
/// </remarks>
internal sealed class LiveLine(ShutdownCoordinator coordinator, ITerminal terminal) : IReportChannel
{
    /// <summary>A shutdown that takes less needs no line, and its log lines come one upon the other: what they do not cover would stay.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private const string EraseToTheEnd = "\u001b[K";

    // Held while writing: a rewriting that comes late must not come after the summary.
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private bool _hasEnded;

    private int _isWatching;
    private volatile bool _drainIsSkipped;

    public string Name => "live line";

    /// <summary>A person has asked, for the first or the second time. Returns at once.</summary>
    public void OnPerson(SignalAction action)
    {
        if (action == SignalAction.SkipDrain) { _drainIsSkipped = true; }

        if (Interlocked.Exchange(ref _isWatching, 1) == 0) { _ = Task.Run(WatchAsync); }
    }

    public void Write(ShutdownReport report)
    {
        if (Volatile.Read(ref _isWatching) == 0) { return; }

        lock (_lock)
        {
            _hasEnded = true;
            terminal.Write($"\r{EraseToTheEnd}Quiesce: {ReportText.Summarize(report)}{Environment.NewLine}");
        }
    }

    /// <summary>What the line says: first the state, the time and the remedy, then as much of what is waited for as fits.</summary>
    internal static string TextOf(ShutdownProgress progress, bool drainIsSkipped, int width)
    {
        string next = drainIsSkipped ? "Ctrl+C exits at once"
            : progress.Phase < ShutdownPhase.Release ? "Ctrl+C skips the wait"
            : "Ctrl+C twice exits at once";
        string text = $"{ProgressText.Phase(progress)}, at most {ProgressText.Seconds(progress.Remaining)}; {next}: " +
            $"{ProgressText.WaitsFor(progress)}";

        // The last column stays empty: some terminals go on to the next line as soon as it is written.
        int columns = Math.Max(1, width - 1);
        return text.Length <= columns ? text : string.Concat(text.AsSpan(0, columns - 1), "…");
    }

    private async Task WatchAsync()
    {
        await Task.Delay(Patience, coordinator.Time).ConfigureAwait(false);
        await ProgressFeed.WatchAsync(coordinator, ShowAsync).ConfigureAwait(false);
    }

    private Task ShowAsync(ShutdownProgress progress) => OwnThread.RunAsync("Quiesce live line", () =>
    {
        string text = TextOf(progress, _drainIsSkipped, terminal.Width);
        lock (_lock)
        {
            // Back to the first column: a log line that comes next is written over this one, not behind it.
            if (!_hasEnded) { terminal.Write($"\r{text}{EraseToTheEnd}\r"); }
        }
    });
}
