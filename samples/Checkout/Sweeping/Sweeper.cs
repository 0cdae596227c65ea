using Checkout.Data;
using Checkout.Orders;
using Microsoft.Extensions.Options;

namespace Checkout.Sweeping;

/// <summary>Settles payments, on a thread of its own, in one instance at a time: the one that holds the lock file.</summary>
/// <remarks>
/// One way: waiting for the lock → sweeping → released. The lock is given up by <see cref="ReleaseAsync"/> only, after the drain:
/// an instance that still takes orders still settles them, and its successor takes over at its next attempt.
/// </remarks>
internal sealed partial class Sweeper(
    DataFolder folder, SqliteOrderStore store, IOptions<SweeperOptions> options, TimeProvider time, ILogger<Sweeper> logger)
    : IHostedService, IAsyncDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Monitor and not Lock: the thread waits on it until its timer or a release pulses it.
    private readonly object _gate = new();

    // Guarded by _gate.
    private bool _started;
    private bool _releasing;
    private bool _due;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_started || _releasing) { return Task.CompletedTask; }
            _started = true;
        }

        // In the background: a sweep is one transaction, which SQLite rolls back if the process ends in the middle of it.
        new Thread(Run) { Name = "sweeper", IsBackground = true }.Start();
        return Task.CompletedTask;
    }

    /// <summary>Lets a running sweep end, gives the lock up and ends the thread.</summary>
    /// <remarks>Safe from any thread; further calls wait for the same end.</remarks>
    /// <exception cref="OperationCanceledException">The token fired first. The lock is given up when the sweep ends.</exception>
    public Task ReleaseAsync(CancellationToken cancellationToken)
    {
        bool neverStarted;
        lock (_gate)
        {
            _releasing = true;
            neverStarted = !_started;
            Monitor.PulseAll(_gate);
        }

        if (neverStarted) { _ended.TrySetResult(); }
        return _ended.Task.WaitAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // A sweep outlasting the host's time goes on in the background: nothing to report, it is rolled back or committed.
        await ReleaseAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync() => await ReleaseAsync(CancellationToken.None);

    private void Run()
    {
        FileStream? lockFile = null;
        using (ITimer timer = time.CreateTimer(_ => BecomeDue(), null, TimeSpan.Zero, options.Value.RetryInterval))
        {
            while (WaitUntilDue())
            {
                if (lockFile is not null) { Sweep(); }
                else if (TryTakeLock(out lockFile)) { timer.Change(TimeSpan.Zero, options.Value.SweepInterval); }
            }
        }

        lockFile?.Dispose();
        if (lockFile is not null) { LogLockReleased(); }
        _ended.TrySetResult();
    }

    private void BecomeDue()
    {
        lock (_gate)
        {
            _due = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for the timer. Returns <see langword="false"/> once the sweeper shall release.</summary>
    private bool WaitUntilDue()
    {
        lock (_gate)
        {
            while (!_due && !_releasing) { Monitor.Wait(_gate); }
            _due = false;
            return !_releasing;
        }
    }
}
