using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Quiesce.PostgreSql;

/// <summary>One process of many that does something, by an advisory lock of PostgreSQL: held through the drain, given up after it.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>from</term><description>to, when</description></listheader>
/// <item><term>standing</term><description>leading, when the lock was won; ended, at the signal: one that leaves does not begin to lead.</description></item>
/// <item><term>leading</term><description>standing, when the session is lost or the leader's work has ended by itself; finishing, in Drain.</description></item>
/// <item><term>finishing</term><description>ended, in Release: the lock is held until nothing is in flight any more.</description></item>
/// </list>
/// If work that was left behind still runs, the lock is not given up but ends with the process: two leaders are worse than none for a moment. A leader
/// whose session was lost may act for as long as it takes to notice: at once if the connection was closed, else
/// <see cref="PostgreSqlLeaderOptions.CheckInterval"/> and the time of an answer. Thread-safe.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Work that was left behind may still look at the tokens; none of the sources has a timer.")]
public sealed partial class PostgreSqlLeader : IShutdownParticipant
{
    private readonly PostgreSqlPool _pool;
    private readonly Func<CancellationToken, Task> _lead;
    private readonly PostgreSqlLeaderOptions _options;
    private readonly ShutdownCoordinator _coordinator;
    private readonly long _key;

    // Please end, one after the other: nobody begins to lead, the leader's work, the leadership itself.
    private readonly CancellationTokenSource _standDown = new();
    private readonly CancellationTokenSource _finish = new();
    private readonly CancellationTokenSource _resign = new();

    private readonly Lock _lock = new();

    // Guarded by _lock. The work of the leader, while it leads.
    private Task _leading = Task.CompletedTask;
    private bool _isFinishing;

    private Task _running = Task.CompletedTask;

    internal PostgreSqlLeader(
        GracefulShutdown shutdown, PostgreSqlPool pool, string name, Func<CancellationToken, Task> lead, PostgreSqlLeaderOptions options)
    {
        options.Check();
        (_pool, Name, _lead, _options, _coordinator) = (pool, name, lead, options, shutdown.Coordinator);
        _key = options.Key ?? KeyOf(name);
        Uses = [pool.Name, .. options.Uses];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Uses { get; }

    /// <inheritdoc/>
    public async Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken) => await _standDown.CancelAsync().ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        using CancellationTokenRegistration late = cancellationToken.UnsafeRegister(static state => ((ShutdownContext)state!).Note("its work was asked to end and has not"), context);
        lock (_lock) { _isFinishing = true; }

        await _finish.CancelAsync().ConfigureAwait(false);
        await Leading.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        try { await Leading.WaitAsync(cancellationToken).ConfigureAwait(false); }
        catch (OperationCanceledException)
        {
            context.Note("not given up, because the leader's work still runs: held until the process ends");
            throw;
        }

        await new HeldThroughDrain(_coordinator, Name, new Leadership(this), []).ReleaseAsync(context, cancellationToken).ConfigureAwait(false);
    }

    private Task Leading
    {
        get { lock (_lock) { return _leading; } }
    }

    internal void Stand() => _running = Task.Run(RunAsync);

    /// <summary>The same in every process and every release: the first eight bytes of a hash, not of <see cref="object.GetHashCode"/>.</summary>
    private static long KeyOf(string name) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes("quiesce leader: " + name)));

    private async Task RunAsync()
    {
        while (!_standDown.IsCancellationRequested)
        {
            try
            {
                await StandAndLeadAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_standDown.IsCancellationRequested) { return; }
            catch (Exception error)
            {
                Log.Lost(_coordinator.Logger, error, Name, _options.RetryInterval.TotalSeconds);
            }

            // Not at once again: after a failure the server may be away, and a leader whose work has ended lets others lead.
            await Task.Delay(_options.RetryInterval, TimeProvider.System, _standDown.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StandAndLeadAsync()
    {
        LeaderSession session = await LeaderSession.OpenAsync(_pool.DataSource, _key, _standDown.Token).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.WinAsync(_options.RetryInterval, _standDown.Token).ConfigureAwait(false);
            using var lost = CancellationTokenSource.CreateLinkedTokenSource(_finish.Token);
            if (BeginToLead(lost.Token) is not { } leading) { return; }

            Log.Leads(_coordinator.Logger, Name);
            await HoldAsync(session, leading, lost).ConfigureAwait(false);
        }

        Log.Resigned(_coordinator.Logger, Name);
    }

    /// <summary>Holds the leadership until the work has ended by itself, or, if it was asked to, until the release.</summary>
    private async Task HoldAsync(LeaderSession session, Task leading, CancellationTokenSource lost)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_resign.Token);
        Task watching = session.WatchAsync(_options.CheckInterval, over.Token);
        try
        {
            if (await Task.WhenAny(watching, leading).ConfigureAwait(false) == leading && IsFinishing)
            {
                await watching.ConfigureAwait(false); // through the rest of the drain
            }
        }
        finally
        {
            // The work ends before the session does, unless the session is lost: two leaders are worse than none.
            await lost.CancelAsync().ConfigureAwait(false);
            await leading.ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
        }

        await watching.ConfigureAwait(false);
    }

    /// <summary>Under the lock, or the drain could look for the work in the moment between the decision and the beginning.</summary>
    private Task? BeginToLead(CancellationToken stop)
    {
        lock (_lock)
        {
            if (_isFinishing) { return null; }

            return _leading = Task.Run(() => LeadAsync(stop), CancellationToken.None);
        }
    }

    private bool IsFinishing
    {
        get { lock (_lock) { return _isFinishing; } }
    }

    private async Task LeadAsync(CancellationToken stop)
    {
        try { await _lead(stop).ConfigureAwait(false); }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { return; }
        catch (Exception error) { Log.Failed(_coordinator.Logger, error, Name, _options.RetryInterval.TotalSeconds); }
    }

    /// <summary>What is given up in Release.</summary>
    private sealed class Leadership(PostgreSqlLeader leader) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await leader._standDown.CancelAsync().ConfigureAwait(false);
            await leader._finish.CancelAsync().ConfigureAwait(false);
            await leader._resign.CancelAsync().ConfigureAwait(false);
            await leader._running.ConfigureAwait(false);
        }
    }
}
