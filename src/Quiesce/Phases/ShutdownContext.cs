using System.Collections.Concurrent;

namespace Quiesce;

/// <summary>What a participant is told about the shutdown it has a part in.</summary>
/// <remarks>Thread-safe. Valid after the call too: notes written too late are dropped.</remarks>
public sealed class ShutdownContext
{
    private readonly Deadline _deadline;
    private readonly TimeSpan _limit;
    private readonly ConcurrentQueue<string> _notes = new();

    internal ShutdownContext(ShutdownReason reason, ShutdownPhase phase, Deadline deadline, TimeSpan limit)
    {
        Reason = reason;
        Phase = phase;
        _deadline = deadline;
        _limit = limit;
    }

    /// <summary>Gets why the shutdown began.</summary>
    public ShutdownReason Reason { get; }

    /// <summary>Gets the phase this call belongs to.</summary>
    public ShutdownPhase Phase { get; }

    /// <summary>Gets how long this call may still take before its token is cancelled; never negative.</summary>
    public TimeSpan Remaining => _deadline.Until(_limit);

    internal Deadline Deadline => _deadline;

    internal IReadOnlyList<string> Notes => [.. _notes];

    /// <summary>Adds a line to this participant's entry in the report.</summary>
    /// <param name="text">A sentence for people: figures, kinds, outcomes. No identifiers, no payload, no secrets.</param>
    public void Note(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _notes.Enqueue(text);
    }
}
