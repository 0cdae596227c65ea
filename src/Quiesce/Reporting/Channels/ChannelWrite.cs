namespace Quiesce;

/// <summary>One channel's attempt at one report, on a thread of its own.</summary>
internal sealed class ChannelWrite(IReportChannel channel, ShutdownReport report)
{
    private readonly Task<Exception?> _ended = OwnThread.RunAsync("Quiesce report", () => channel.Write(report));

    /// <summary>Gets a task that completes when the channel has written or failed. It never faults.</summary>
    public Task Ended => _ended;

    /// <summary>Gets what is wrong so far, as a sentence for the other channels; <see langword="null"/> if the report was written.</summary>
    public string? Problem =>
        !_ended.IsCompleted ? $"The report did not reach {channel.Name} in time."
        : _ended.Result is { } error ? $"The report did not reach {channel.Name}: {error.GetType().Name}: {error.Message}"
        : null;
}
