namespace AdversaryProgram;

internal static class Wait
{
    public static async Task UntilAsync(CancellationToken token)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = token.Register(asked.SetResult);
        await asked.Task;
    }

    /// <summary>Blocks the thread; no token and no interruption ends it.</summary>
    public static void ForEver() => Thread.CurrentThread.Join(Timeout.Infinite);
}
