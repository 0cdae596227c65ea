namespace Quiesce;

/// <summary>Runs what may block on a thread of its own: the pool may be starved, and whoever waits must be able to leave.</summary>
internal static class OwnThread
{
    /// <summary>Starts <paramref name="action"/>.</summary>
    /// <param name="name">The thread's name, as a debugger shows it.</param>
    /// <param name="action">What to do.</param>
    /// <returns>A task that never faults: it completes with what went wrong, or <see langword="null"/>.</returns>
    public static Task<Exception?> RunAsync(string name, Action action)
    {
        var ended = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);

        // There may be no memory or no process id for a thread: the next step is tried all the same.
        try { new Thread(() => ended.SetResult(Try(action))) { IsBackground = true, Name = name }.UnsafeStart(); }
        catch (Exception error) { ended.SetResult(error); }

        return ended.Task;
    }

    /// <summary>Runs all actions side by side and returns when all have ended, or at the limit. Needs no pool thread.</summary>
    public static void RunAll(string name, TimeSpan limit, params IEnumerable<Action> actions)
    {
        Task[] running = [.. actions.Select(action => RunAsync(name, action))];
        Task.WaitAll(running, limit);
    }

    private static Exception? Try(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception error) { return error; }
    }
}
