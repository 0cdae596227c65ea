using System.Globalization;
using Npgsql;

namespace Quiesce.PostgreSql;

/// <summary>A pool of connections to PostgreSQL that leaves after everybody who uses it, and the transactions that run on it.</summary>
/// <remarks>
/// <list type="number">
/// <item>Drain: transactions end. At the deadline they are cancelled, on the server too, awaited, and rolled back; a commit that has begun is neither.</item>
/// <item>Release: the pool is closed, every session with it.</item>
/// </list>
/// Thread-safe.
/// </remarks>
public sealed class PostgreSqlPool : IShutdownParticipant
{
    private readonly GracefulShutdown _shutdown;
    private readonly WorkTracker _transactions;
    private readonly TransactionCounts _counts = new();

    internal PostgreSqlPool(GracefulShutdown shutdown, NpgsqlDataSource dataSource, string name)
    {
        (_shutdown, DataSource, Name) = (shutdown, dataSource, name);
        _transactions = new WorkTracker(shutdown);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Gets the data source, for statements that need no transaction of their own. Whoever uses it says that it uses this pool.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>Does work in a transaction, as one unit of work: it is committed when the work returns, and rolled back when it throws or when the
    /// drain's deadline catches it. It is committed or handed back, never both, and the commit is never cancelled.</summary>
    /// <typeparam name="TResult">What the work returns.</typeparam>
    /// <param name="kind">What it is, for people: "order", "payment". No identifiers, no payload: it appears in reports.</param>
    /// <param name="work">The work, on a connection in a transaction: commands of the connection take part by themselves. It must neither commit nor
    /// dispose of the connection, and should pass its token on: a statement is then cancelled on the server too.</param>
    /// <param name="cancellationToken">Cancels the work, not the commit.</param>
    /// <returns>What the work returned, once it is committed.</returns>
    /// <exception cref="InvalidOperationException">The pool has drained; nothing was begun.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or caught by the drain's deadline: it is rolled back.</exception>
    /// <exception cref="PostgresException">The server refused a statement or the commit: it is rolled back.</exception>
    /// <exception cref="CommitOutcomeUnknownException">The connection was lost after the commit was sent.</exception>
    public async Task<TResult> TransactAsync<TResult>(
        string kind, Func<NpgsqlConnection, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var transaction = new UnitOfWork(kind, DataSource, _counts);
        if (!_transactions.TryBegin(kind, transaction.CancelOnServerAsync, out WorkLease lease))
        {
            throw new InvalidOperationException($"'{Name}' has drained; no transaction was begun. Whoever uses it must say that it uses '{Name}'.");
        }

        using (lease)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _shutdown.Aborting);
            return await transaction.RunAsync(lease, work, stop.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Does work in a transaction; see <see cref="TransactAsync{TResult}"/>.</summary>
    /// <param name="kind">What it is, for people.</param>
    /// <param name="work">The work, on a connection in a transaction.</param>
    /// <param name="cancellationToken">Cancels the work, not the commit.</param>
    /// <returns>A task that completes when it is committed.</returns>
    /// <exception cref="InvalidOperationException">The pool has drained; nothing was begun.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or caught by the drain's deadline: it is rolled back.</exception>
    /// <exception cref="PostgresException">The server refused a statement or the commit: it is rolled back.</exception>
    /// <exception cref="CommitOutcomeUnknownException">The connection was lost after the commit was sent.</exception>
    public Task TransactAsync(string kind, Func<NpgsqlConnection, CancellationToken, Task> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return TransactAsync(
            kind,
            async (connection, stop) =>
            {
                await work(connection, stop).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Stands for a leadership: does something in one process at a time, for as long as that process leads.</summary>
    /// <param name="name">The leadership's name, for people and for relations; processes with the same name on the same database compete.</param>
    /// <param name="lead">What the leader does. Called when the leadership was won, and again when it was lost and won back; returning or throwing gives
    /// the leadership up for one <see cref="PostgreSqlLeaderOptions.RetryInterval"/>. Its token asks to end: the leadership is lost, or everybody who
    /// uses this leader has drained. What it throws is logged.</param>
    /// <param name="options">How; <see langword="null"/> for the defaults. Read once.</param>
    /// <returns>The leader, which has a part in the shutdown.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An interval is out of range.</exception>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    public PostgreSqlLeader Lead(string name, Func<CancellationToken, Task> lead, PostgreSqlLeaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(lead);
        var leader = new PostgreSqlLeader(_shutdown, this, name, lead, options ?? new());
        _shutdown.Add(leader);
        leader.Stand();
        return leader;
    }

    /// <inheritdoc/>
    public async Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        await _transactions.DrainAsync().ConfigureAwait(false);
        foreach (string note in _counts.Describe()) { context.Note(note); }
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        int running = _transactions.InFlight;
        if (running > 0) { context.Note(string.Create(CultureInfo.InvariantCulture, $"{running:N0} transactions still ran: the server rolls them back when the process has ended")); }

        await DataSource.DisposeAsync().ConfigureAwait(false);
    }
}
