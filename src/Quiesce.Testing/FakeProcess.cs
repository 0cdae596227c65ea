using System.Collections.Concurrent;

namespace Quiesce.Testing;

/// <summary>A process that exists only for a test: what it is sent reaches whoever listens, and its end is written down.</summary>
internal sealed class FakeProcess(bool personAtTerminal) : ISignalSource, IProcessEnd
{
    private readonly TaskCompletionSource<int> _ended = new(); // who waits for it is told at once, on the thread that ends it
    private readonly ConcurrentQueue<string> _lines = new();
    private Func<ShutdownSignal, bool>? _listener;
    private volatile int _exitCode;

    public bool TerminalAttached => personAtTerminal;

    /// <summary>Completes when the process is ended by force, with its exit code.</summary>
    public Task<int> Ended => _ended.Task;

    /// <summary>Gets what the process reports if its entry point returns nothing.</summary>
    public int ExitCode => _exitCode;

    public IReadOnlyList<string> Lines => [.. _lines];

    public bool IsDebugged => false;

    /// <summary>Returns whether somebody has taken the signal.</summary>
    public bool Raise(ShutdownSignal signal) => Volatile.Read(ref _listener)?.Invoke(signal) == true;

    public IDisposable Listen(Func<ShutdownSignal, bool> onSignal, Action<string> onCrash)
    {
        Volatile.Write(ref _listener, onSignal);
        return new Listening(this, onSignal);
    }

    public void SetExitCode(int exitCode) => _exitCode = exitCode;

    public void WriteLastLine(string line) => _lines.Enqueue(line);

    public void End(int exitCode, TimeSpan exitLimit) => _ended.TrySetResult(exitCode);

    // What only a real process has: the kernel's timer and signal mask, and an exit that somebody else began.
    public void EndByKernelAfter(TimeSpan delay)
    {
    }

    public void SpareFromKernel()
    {
    }

    public void LetKernelThrough()
    {
    }

    public void OnExit(Action<int> exiting)
    {
    }

    private sealed class Listening(FakeProcess process, Func<ShutdownSignal, bool> listener) : IDisposable
    {
        // Not whoever listens by now: the next one may have begun before the last one was through.
        public void Dispose() => Interlocked.CompareExchange(ref process._listener, null, listener);
    }
}
