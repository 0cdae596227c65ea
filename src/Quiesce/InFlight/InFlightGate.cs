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
/// Invariant: drained is set by a compare-and-swap that saw Closed and nobody inside; an entry counts unless it saw Done.
/// </remarks>
/// <param name="signal">Completes when this gate and all others that it belongs to have drained.</param>
internal sealed class InFlightGate(DrainSignal signal)
{
    // One atomic operation sees all of it. Bit 0 = closed, bit 1 = closing, bit 2 = drained; up to bit 31, 8 × those inside; above, how many have
    // entered so far, which wraps around.
    private const long Closed = 1;
    private const long Closing = 2;
    private const long Done = 4;
    private const long One = 8;
    private const long Inside = 0xFFFF_FFF8;
    private const long Entry = (1L << 32) + One;

    private PaddedLong _state;

    public InFlightGate()
        : this(new DrainSignal(1))
    {
    }

    public Task Drained => signal.Drained;

    public long Count => (Volatile.Read(ref _state.Value) & Inside) / One;

    /// <summary>Whether nobody is inside.</summary>
    /// <param name="entered">How many have entered so far. Two looks at an empty gate that find the same number have nobody inside between them.</param>
    public bool IsEmpty(out int entered)
    {
        long state = Volatile.Read(ref _state.Value);
        entered = (int)(state >> 32);
        return (state & Inside) == 0;
    }

    /// <summary>Admits a new root, unless closed. Returns <see langword="true"/>: the caller MUST call <see cref="Exit"/>
    /// exactly once. Returns <see langword="false"/>: the caller MUST NOT start work.</summary>
    public bool TryEnter()
    {
        // Add first, look second: either we see Closed, or Close sees our entry. Checking first would lose that race.
        if ((Interlocked.Add(ref _state.Value, Entry) & Closed) == 0) { return true; }

        Exit();
        return false;
    }

    /// <summary>Admits work begun by work in flight, unless drained. A parent inside this gate keeps it from draining; one that
    /// is elsewhere does not, and then late work must be refused: nobody would wait for it. Duties as for <see cref="TryEnter"/>.</summary>
    public bool TryEnterNested()
    {
        // Add first, look second: either we see Done, or the compare-and-swap that sets it sees our entry and fails.
        if ((Interlocked.Add(ref _state.Value, Entry) & Done) == 0) { return true; }

        Exit();
        return false;
    }

    /// <summary>Takes an entry back.</summary>
    public void Exit() => Settle(Interlocked.Add(ref _state.Value, -One));

    /// <summary>Refuses new roots from now on. Idempotent.</summary>
    public void Close() => Settle(Interlocked.Or(ref _state.Value, Closed) | Closed);

    /// <summary>Closes at the first instant at which nobody is inside; until then roots are still admitted. Idempotent.</summary>
    public void CloseOnceEmpty() => Settle(Interlocked.Or(ref _state.Value, Closing) | Closing);

    /// <summary>Looks at the state that an operation left behind: it may be the one that ends the drain.</summary>
    private void Settle(long state)
    {
        // Closing and empty: only the compare-and-swap may close. A root that entered since makes it fail, and that
        // root's own exit comes by here again.
        if ((state & (Inside | Done | Closing | Closed)) == Closing && Interlocked.CompareExchange(ref _state.Value, state | Closed, state) == state)
        {
            state |= Closed;
        }

        // Closed and empty: only the compare-and-swap may drain. An entry that came since makes it fail, and the exit of that
        // entry comes by here again.
        if ((state & (Inside | Done | Closed)) == Closed && Interlocked.CompareExchange(ref _state.Value, state | Done, state) == state)
        {
            signal.OnDrained();
        }
    }
}
