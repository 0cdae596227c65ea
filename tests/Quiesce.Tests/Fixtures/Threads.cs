namespace Quiesce.Tests.Fixtures;

/// <summary>Real threads that start together.</summary>
internal static class Threads
{
    /// <summary>Runs each action on a thread of its own, all released by one barrier, and rethrows what any of them threw.</summary>
    public static void RunTogether(params Action[] actions)
    {
        using var barrier = new Barrier(actions.Length);
        Exception? failure = null;
        Thread[] threads = [.. actions.Select(action => new Thread(() =>
        {
            try
            {
                barrier.SignalAndWait();
                action();
            }
            catch (Exception error) { Interlocked.CompareExchange(ref failure, error, null); }
        }) { IsBackground = true })];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => Assert.True(thread.Join(TestTimeouts.Hang), "A thread hangs."));
        Assert.Null(failure);
    }
}
