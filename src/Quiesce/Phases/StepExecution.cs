namespace Quiesce;

/// <summary>One step as it executes: whether it has ended, and where it is until then, as far as the platform tells.</summary>
/// <remarks>Thread-safe. What holds its thread is known by the thread; what awaits is on none, and nobody knows what it awaits.</remarks>
internal sealed class StepExecution
{
    private const int NotBegun = 0;
    private const int OffItsThread = -1;

    private volatile int _thread = NotBegun;
    private volatile Task? _running;

    public bool HasEnded => _running is { IsCompleted: true };

    /// <summary>Begins it on a pool thread: a step that blocks instead of awaiting must not hold up its caller. Call it once.</summary>
    public Task Start(Func<Task> call) => _running = Task.Run(() => CallAsync(call), CancellationToken.None);

    /// <summary>Says where it is now, for a sentence that begins with its name.</summary>
    public string Whereabouts() => _thread switch
    {
        NotBegun => "it never began, because no thread of the pool was free",
        OffItsThread => "it awaits something that did not come",
        int thread => KernelThread.Describe(thread),
    };

    private Task CallAsync(Func<Task> call)
    {
        _thread = KernelThread.Current;
        try { return call(); }
        finally { _thread = OffItsThread; }
    }
}
