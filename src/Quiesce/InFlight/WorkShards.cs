using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Quiesce;

/// <summary>The shards of a tracker, one for each core: cores that begin and end units at once would else pull one cache line back and forth.</summary>
/// <remarks>
/// Together they are one gate, <see cref="InFlightGate"/>'s table is theirs too. A unit enters where its core is at home, or, if that shard is closed or drained,
/// any that is not, so that none is refused as long as another one would admit it. Each shard closes, and drains, once and for all: whoever was refused by
/// all of them met only closed ones, and the last one to close did so when all were empty.
/// </remarks>
internal sealed class WorkShards
{
    /// <summary>With more cores than this, some share a shard: one that is hardly used is memory for nothing.</summary>
    public const int Most = 16;

    private readonly DrainSignal _signal;
    private readonly WorkShard[] _shards;

    public WorkShards(WorkTracker owner, int cores)
    {
        // A power of two: a processor's number is folded onto it without a division.
        _shards = new WorkShard[BitOperations.RoundUpToPowerOf2((uint)Math.Min(cores, Most))];
        _signal = new DrainSignal(_shards.Length);
        for (int i = 0; i < _shards.Length; i++) { _shards[i] = new WorkShard(owner, _signal); }
    }

    public ReadOnlySpan<WorkShard> All => _shards;

    public Task Drained => _signal.Drained;

    /// <summary>Gets how many are inside. May be old, and no number of one instant.</summary>
    public long Count
    {
        get
        {
            long count = 0;
            foreach (WorkShard shard in _shards) { count += shard.Gate.Count; }

            return count;
        }
    }

    /// <summary>Admits a new root, unless all are closed. Returns <see langword="true"/>: the caller MUST call <see cref="InFlightGate.Exit"/> of the shard's
    /// gate exactly once.</summary>
    public bool TryEnter([NotNullWhen(true)] out WorkShard? shard) => TryEnter(Thread.GetCurrentProcessorId(), out shard);

    /// <summary>Admits work begun by work in flight, unless all have drained. Duties as for a root.</summary>
    public bool TryEnterNested([NotNullWhen(true)] out WorkShard? shard) => TryEnterNested(Thread.GetCurrentProcessorId(), out shard);

    /// <summary>The same, at home on a certain core.</summary>
    public bool TryEnter(int core, [NotNullWhen(true)] out WorkShard? shard)
    {
        shard = Home(core);
        if (shard.Gate.TryEnter()) { return true; }

        shard = Array.Find(_shards, static other => other.Gate.TryEnter());
        return shard is not null;
    }

    /// <summary>The same, at home on a certain core.</summary>
    public bool TryEnterNested(int core, [NotNullWhen(true)] out WorkShard? shard)
    {
        shard = Home(core);
        if (shard.Gate.TryEnterNested()) { return true; }

        shard = Array.Find(_shards, static other => other.Gate.TryEnterNested());
        return shard is not null;
    }

    /// <summary>Refuses new roots from now on. Idempotent.</summary>
    public void Close()
    {
        foreach (WorkShard shard in _shards) { shard.Gate.Close(); }
    }

    /// <summary>Closes at the first instant at which nobody is inside; until then roots are still admitted. Idempotent.</summary>
    public void CloseOnceEmpty()
    {
        foreach (WorkShard shard in _shards) { shard.Gate.CloseOnceEmpty(); }
    }

    /// <summary>Whether there was an instant, during this call, at which nobody was inside any shard, nor inside another gate.</summary>
    public bool AreEmptyAtOnce(InFlightGate other)
    {
        // Two looks at each: who goes from one to another while we look is in none of them when we look there. Nobody has entered a gate between its two
        // looks, so that all were empty when the first round ended.
        Span<int> entered = stackalloc int[Most + 1];
        return AreEmpty(other, entered, isFirst: true) && AreEmpty(other, entered, isFirst: false);
    }

    /// <summary>One look at each, and whether nobody was inside where and when it was taken.</summary>
    /// <param name="other">The other gate.</param>
    /// <param name="entered">How many had entered each gate: written by the first look, compared by the second, which is false if somebody came between.</param>
    /// <param name="isFirst">Which look it is.</param>
    internal bool AreEmpty(InFlightGate other, Span<int> entered, bool isFirst)
    {
        for (int i = 0; i <= _shards.Length; i++)
        {
            InFlightGate gate = i < _shards.Length ? _shards[i].Gate : other;
            if (!gate.IsEmpty(out int now) || (!isFirst && now != entered[i])) { return false; }

            entered[i] = now;
        }

        return true;
    }

    private WorkShard Home(int core) => _shards[core & (_shards.Length - 1)];
}
