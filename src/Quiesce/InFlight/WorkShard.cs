namespace Quiesce;

/// <summary>A core's part of a tracker: the count of what is in flight, and its records, a growing set with a lock-free list of the free ones.</summary>
internal sealed class WorkShard(WorkTracker owner, DrainSignal signal)
{
    private const int None = -1;
    private readonly Lock _growing = new();

    // Grows under _growing only; replaced as a whole, so that readers never see a half-filled array.
    private volatile WorkSlot[] _slots = [];

    // High half: a tag that changes with every pop and push; low half: index of the first free slot. Without the tag a slot
    // popped and pushed back between a read and its compare-and-swap would link a stale successor (the ABA race).
    private PaddedLong _head = new() { Value = Pack(0, None) };

    public WorkTracker Owner => owner;

    /// <summary>Gets where the units are counted whose records are of this shard.</summary>
    public InFlightGate Gate { get; } = new(signal);

    /// <summary>Every slot there is, in use or not.</summary>
    public ReadOnlySpan<WorkSlot> All => _slots;

    public WorkSlot Rent()
    {
        while (true)
        {
            long head = Volatile.Read(ref _head.Value);
            int index = (int)head;
            if (index == None)
            {
                Grow();
                continue;
            }

            WorkSlot slot = _slots[index];
            if (TrySwap(head, slot.NextFree)) { return slot; }
        }
    }

    public void Return(WorkSlot slot)
    {
        long head;
        do
        {
            head = Volatile.Read(ref _head.Value);
            slot.NextFree = (int)head;
        }
        while (!TrySwap(head, slot.Index));
    }

    private static long Pack(int tag, int index) => ((long)tag << 32) | (uint)index;

    private bool TrySwap(long head, int index) =>
        Interlocked.CompareExchange(ref _head.Value, Pack((int)(head >> 32) + 1, index), head) == head;

    private void Grow()
    {
        lock (_growing)
        {
            // Somebody else may have grown the pool, or a slot came back, while we waited for the lock.
            if ((int)Volatile.Read(ref _head.Value) != None) { return; }

            int count = _slots.Length;
            var slots = new WorkSlot[Math.Max(16, count * 2)];
            _slots.CopyTo(slots, 0);
            for (int i = count; i < slots.Length; i++) { slots[i] = new WorkSlot(this, i); }

            _slots = slots;
            for (int i = count; i < slots.Length; i++) { Return(slots[i]); }
        }
    }
}
