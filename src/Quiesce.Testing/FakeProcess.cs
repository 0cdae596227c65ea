using System.Collections.Concurrent;

namespace Quiesce.Testing;

/// <summary>A process that exists only for a test: what it is sent reaches whoever listens, and its end is written down.</summary>
internal sealed class FakeProcess(TimeProvider time, bool personAtTerminal) : ISignalSource, IProcessEnd
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _lines = new();
    private volatile Func<ShutdownSignal, bool>? _listener;
    private volatile int _exitCode;

    // Guarded by _lock.
    private (long SetAt, TimeSpan Delay)? _kernelTimer;

    public bool TerminalAttached => personAtTerminal;

    /// <summary>Completes when the process is ended by force, with its exit code.</summary>
    public Task<int> Ended => _ended.Task;

    /// <summary>Gets what the process reports if its entry point returns nothing.</summary>
    public int ExitCode => _exitCode;

    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>Gets a value indicating whether a real process would have been ended by Quiesce by now.</summary>
    public bool IsDueToEnd
    {
        get { lock (_lock) { return _kernelTimer is { } timer && time.GetElapsedTime(timer.SetAt) >= timer.Delay; } }
    }

    public bool IsDebugged => false;

    /// <summary>Returns whether somebody has taken the signal.</summary>
    public bool Raise(ShutdownSignal signal) => _listener?.Invoke(signal) == true;

    public IDisposable Listen(Func<ShutdownSignal, bool> onSignal, Action<string> onCrash)
    {
        _listener = onSignal;
        return new Listening(this);
    }

    public void SetExitCode(int exitCode) => _exitCode = exitCode;

    public void WriteLastLine(string line) => _lines.Enqueue(line);

    public void End(int exitCode, TimeSpan exitLimit) => _ended.TrySetResult(exitCode);

    public void EndByKernelAfter(TimeSpan delay)
    {
        lock (_lock) { _kernelTimer = (time.GetTimestamp(), delay); }
    }

    public void SpareFromKernel()
    {
        lock (_lock) { _kernelTimer = null; }
    }

    // What only a real process has: the kernel's signal mask, and an exit that somebody else began.
    public void LetKernelThrough()
    {
    }

    public void OnExit(Action<int> exiting)
    {
    }

    private sealed class Listening(FakeProcess process) : IDisposable
    {
        public void Dispose() => process._listener = null;
    }
}
