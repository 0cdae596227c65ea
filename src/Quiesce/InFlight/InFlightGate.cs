namespace Quiesce;

/// <summary>Counts work in flight; <see cref="Drained"/> completes once closed <em>and</em> empty, never when empty for a moment.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>open</term><description><see cref="TryEnter"/> admits; <see cref="Exit"/> only counts.</description></item>
/// <item><term>closing</term><description>admits as long as somebody is inside; the exit that empties it closes it.</description></item>
/// <item><term>closed</term><description>refuses roots, admits nested work; the exit that empties it drains it.</description></item>
/// <item><term>drained</term><description>refuses everything.</description></item>
/// </list>
/// One way: open → closing → closed → drained. Thread-safe, lock-free, no allocation after construction.
/// Invariant: Drained is set by a compare-and-swap that saw Closed and zero entries; an entry counts unless it saw Drained.
/// </remarks>
internal sealed class InFlightGate
{
    // Bit 0 = closed, bit 1 = closing, bit 2 = drained, the other bits = 8 × entries: one atomic operation sees all of them.
    private const long Closed = 1;
    private const long Closing = 2;
    private const long Done = 4;
    private const long One = 8;

    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _state;

    public Task Drained => _drained.Task;

    public long Count => Volatile.Read(ref _state) / One;

    /// <summary>Admits a new root, unless closed. Returns <see langword="true"/>: the caller MUST call <see cref="Exit"/>
    /// exactly once. Returns <see langword="false"/>: the caller MUST NOT start work.</summary>
    public bool TryEnter()
    {
        // Add first, look second: either we see Closed, or Close sees our entry. Checking first would lose that race.
        if ((Interlocked.Add(ref _state, One) & Closed) == 0) { return true; }

        Exit();
        return false;
    }

    /// <summary>Admits work begun by work in flight, unless drained. A parent inside this gate keeps it from draining; one that
    /// is elsewhere does not, and then late work must be refused: nobody would wait for it. Duties as for <see cref="TryEnter"/>.</summary>
    public bool TryEnterNested()
    {
        // Add first, look second: either we see Done, or the compare-and-swap that sets it sees our entry and fails.
        if ((Interlocked.Add(ref _state, One) & Done) == 0) { return true; }

        Exit();
        return false;
    }

    /// <summary>Takes an entry back.</summary>
    public void Exit() => Settle(Interlocked.Add(ref _state, -One));

    /// <summary>Refuses new roots from now on. Idempotent.</summary>
    public void Close() => Settle(Interlocked.Or(ref _state, Closed) | Closed);

    /// <summary>Closes at the first instant at which nobody is inside; until then roots are still admitted. Idempotent.</summary>
    public void CloseOnceEmpty() => Settle(Interlocked.Or(ref _state, Closing) | Closing);

    /// <summary>Looks at the state that an operation left behind: it may be the one that ends the drain.</summary>
    private void Settle(long state)
    {
        // Closing and empty: only the compare-and-swap may close. A root that entered since makes it fail, and that
        // root's own exit comes by here again.
        if (state == Closing && Interlocked.CompareExchange(ref _state, Closing | Closed, Closing) == Closing)
        {
            state = Closing | Closed;
        }

        // Closed and empty: only the compare-and-swap may drain. An entry that came since makes it fail, and the exit of that
        // entry comes by here again.
        if ((state & ~Closing) == Closed && Interlocked.CompareExchange(ref _state, state | Done, state) == state)
        {
            _drained.TrySetResult();
        }
    }
}
