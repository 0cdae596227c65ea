using Microsoft.Extensions.Logging;

namespace Quiesce;

/// <summary>Gets a report out of the process on every channel that can still be written: side by side, each bounded.</summary>
/// <remarks>
/// Log, metrics and trace always; the others once the process is ours (<see cref="Use"/>): under a test server the files would be written for a
/// process that does not end. A channel that fails or hangs is named on those that work. Thread-safe; never throws.
/// </remarks>
internal sealed partial class ReportPublisher(BoundedLogger logger, TimeProvider time)
{
    private static readonly Telemetry _telemetry = new();

    // Replaced before a shutdown can begin.
    private volatile IReadOnlyList<IReportChannel> _channels = [_telemetry];
    private volatile IReadOnlyList<IReportChannel> _files = [];
    private volatile IReportChannel? _standardError;

    private volatile bool _isEnforced;

    /// <summary>Opens the channels besides the log.</summary>
    /// <param name="files">Those that can be written again, when something comes out after the report.</param>
    /// <param name="standardError">Where to say what no other channel says.</param>
    /// <param name="others">Those that are written once.</param>
    public void Use(IReadOnlyList<IReportChannel> files, IReportChannel standardError, params IReadOnlyList<IReportChannel> others) =>
        (_channels, _files, _standardError) = ([.. files, .. others, _telemetry], files, standardError);

    /// <summary>Closes every channel: nobody is to hear of a shutdown that was only acted out.</summary>
    public void KeepToThemselves() => (_channels, _standardError) = ([new NoChannel()], null);

    /// <summary>Publishes the report of a shutdown that has ended by itself.</summary>
    /// <param name="report">The report.</param>
    /// <param name="limit">How long the channels may take together. Standard error, if it is needed, has half as long again.</param>
    public async Task PublishAsync(ShutdownReport report, TimeSpan limit)
    {
        // A shutdown that ends in the very instant in which it is ended: the code that comes is the watchdog's, not this report's.
        if (_isEnforced) { return; }

        using var over = new CancellationTokenSource();
        Task atLimit = Task.Delay(limit, time, over.Token);
        string summary = ReportText.Summarize(report);
        if (report.ExitCode == ShutdownExitCode.Clean) { Log.Finished(logger, summary); }
        else { Log.FinishedWithLosses(logger, summary); }

        ChannelWrite[] writes = [.. _channels.Select(channel => new ChannelWrite(channel, report))];
        await Task.WhenAny(Task.WhenAll(writes.Select(static write => write.Ended)), atLimit).ConfigureAwait(false);
        List<string> problems = ProblemsOf(writes);
        foreach (string problem in problems) { Log.ChannelFailed(logger, problem); }

        // The process may end as soon as this returns, so the log goes first; but a pipe that nobody reads must not hold it up.
        await Task.WhenAny(logger.Written, atLimit).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        if (LogProblem() is { } silent) { problems.Insert(0, silent); }

        if (problems.Count > 0) { await SayOnStandardErrorAsync(report with { Problems = problems }, limit / 2).ConfigureAwait(false); }
    }

    /// <summary>Writes the files again, with what only came out after the report. The log may be gone by now. Without files of ours, as under a
    /// test server, there is nothing to write.</summary>
    /// <param name="report">The whole report.</param>
    /// <param name="limit">How long they may take together. Standard error has half as long again.</param>
    /// <param name="say">Whether to say it on standard error too: nobody else does.</param>
    public async Task AmendAsync(ShutdownReport report, TimeSpan limit, bool say)
    {
        if (_isEnforced) { return; }

        using var over = new CancellationTokenSource();
        ChannelWrite[] writes = [.. _files.Select(file => new ChannelWrite(file, report))];
        await Task.WhenAny(Task.WhenAll(writes.Select(static write => write.Ended)), Task.Delay(limit, time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        if (say) { await SayOnStandardErrorAsync(report with { Problems = ProblemsOf(writes) }, limit / 2).ConfigureAwait(false); }
    }

    /// <summary>Publishes the report of a process that is ended by force. Blocks, but within its limit; needs no pool thread, and no
    /// lock that somebody else could hold.</summary>
    /// <param name="report">The report so far.</param>
    /// <param name="limit">What log and files have, side by side.</param>
    public void PublishLastReport(ShutdownReport report, TimeSpan limit)
    {
        _isEnforced = true;
        ChannelWrite[] writes = [.. _channels.Append(new LogAtOnce(logger.Inner)).Select(channel => new ChannelWrite(channel, report))];
        Task.WaitAll([.. writes.Select(static write => write.Ended)], limit);

        // Last, because it names those that failed; the caller bounds it.
        _standardError?.Write(report with { Problems = ProblemsOf(writes) });
    }

    /// <summary>Has every channel put a report into its form and throw it away: that code runs once in a process, and at the deadline of a starved
    /// one compiling it takes longer than the channels have.</summary>
    public void Rehearse(ShutdownReport report)
    {
        ShutdownReport full = ReportSample.Fill(report);
        foreach (IReportChannel channel in _channels) { channel.Rehearse(full); }

        _standardError?.Rehearse(full);
    }

    private static List<string> ProblemsOf(ChannelWrite[] writes) => [.. writes.Select(static write => write.Problem).OfType<string>()];

    private async Task SayOnStandardErrorAsync(ShutdownReport report, TimeSpan limit)
    {
        if (_standardError is not { } standardError) { return; }

        using var over = new CancellationTokenSource();
        await Task.WhenAny(new ChannelWrite(standardError, report).Ended, Task.Delay(limit, time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }

    private string? LogProblem() =>
        !logger.Written.IsCompleted ? "The report did not reach the log in time."
        : logger.HasFailed ? "The report may not have reached the log, which threw."
        : null;

    private static partial class Log
    {
        [LoggerMessage(LogEvents.Finished, LogLevel.Information, "{Summary}")]
        public static partial void Finished(ILogger logger, string summary);

        [LoggerMessage(LogEvents.FinishedWithLosses, LogLevel.Warning, "{Summary}")]
        public static partial void FinishedWithLosses(ILogger logger, string summary);

        [LoggerMessage(LogEvents.ChannelFailed, LogLevel.Warning, "{Problem}")]
        public static partial void ChannelFailed(ILogger logger, string problem);
    }
}
