namespace Quiesce;

/// <summary>Shows a shutdown's progress to somebody outside: at each change, once a second, and never more than ten times a second.</summary>
internal static class ProgressFeed
{
    /// <summary>Ages and the time left move on without a change.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Ten thousand hooks end in a moment; a snapshot for each would cost more than they do.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the shutdown to begin and shows it until its phases are over. Needs no timer before that.</summary>
    /// <param name="coordinator">Whose shutdown.</param>
    /// <param name="show">Shows it. It may take as long as it likes: nobody else waits for it.</param>
    public static async Task WatchAsync(ShutdownCoordinator coordinator, Func<ShutdownProgress, Task> show)
    {
        while (true)
        {
            Task changed = coordinator.ProgressChanged; // first, or a change before the look would be missed
            if (coordinator.Progress is not { } progress)
            {
                await changed.ConfigureAwait(false);
                continue;
            }

            if (progress.Phase == ShutdownPhase.Exit) { return; }

            await show(progress).ConfigureAwait(false);
            await Task.Delay(Pause, coordinator.Time).ConfigureAwait(false);
            using var tick = new CancellationTokenSource();
            await Task.WhenAny(changed, Task.Delay(Interval - Pause, coordinator.Time, tick.Token)).ConfigureAwait(false);
            await tick.CancelAsync().ConfigureAwait(false);
        }
    }
}
