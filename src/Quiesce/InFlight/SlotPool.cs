using System.Numerics;

namespace Quiesce;

/// <summary>The slots of a tracker, in a stack for each core: cores that begin and end units at once would else pull one cache line back and
/// forth.</summary>
internal sealed class SlotPool
{
    /// <summary>With more cores than this, some share a stack: a stack that is hardly used is memory for nothing.</summary>
    private const int MostStacks = 16;

    private readonly SlotStack[] _stacks;

    public SlotPool(WorkTracker owner)
    {
        // A power of two: a processor's number is folded onto it without a division.
        _stacks = new SlotStack[BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, MostStacks))];
        for (int i = 0; i < _stacks.Length; i++) { _stacks[i] = new SlotStack(owner); }
    }

    public ReadOnlySpan<SlotStack> Stacks => _stacks;

    public WorkSlot Rent() => _stacks[Thread.GetCurrentProcessorId() & (_stacks.Length - 1)].Rent();
}
