using System.Diagnostics.CodeAnalysis;

namespace Quiesce;

/// <content>Units that are described as they become known.</content>
public sealed partial class WorkTracker
{
    private readonly Func<IWorkDescription>? _describe;

    /// <summary>Begins a unit that is described as it becomes known.</summary>
    /// <param name="kind">What it is as long as nothing more is known.</param>
    /// <param name="lease">The unit.</param>
    /// <param name="description">The slot's own, used again by its next unit: the caller fills it in, and empties it before it ends the unit.</param>
    internal bool TryBegin(string kind, out WorkLease lease, [NotNullWhen(true)] out IWorkDescription? description)
    {
        if (!_shards.TryEnter(out WorkShard? shard))
        {
            (lease, description) = (default, null);
            return false;
        }

        WorkSlot slot = shard.Rent();
        description = slot.Description ?? _describe!();
        lease = new WorkLease(slot, slot.Begin(kind, description, handBack: null, _clock.Now));
        return true;
    }

    /// <summary>Looks for the description of a unit in flight by something that only one of them has. For whoever has such a unit and nothing but that.</summary>
    internal IWorkDescription? Find(Func<IWorkDescription, bool> isIt)
    {
        foreach (WorkShard shard in _shards.All)
        {
            foreach (WorkSlot slot in shard.All)
            {
                if (slot.Description is { } description && isIt(description)) { return description; }
            }
        }

        return null;
    }
}
