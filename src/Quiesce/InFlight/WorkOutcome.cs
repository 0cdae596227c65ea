namespace Quiesce;

/// <summary>What became of a unit of work that the drain's deadline caught.</summary>
public enum WorkOutcome
{
    /// <summary>It ended after its cancellation. Whether it was done, only the unit itself knows.</summary>
    Ended,

    /// <summary>It was done after all, and said so in time.</summary>
    Completed,

    /// <summary>Its hand-back callback ran to its end.</summary>
    HandedBack,

    /// <summary>Its hand-back callback threw, or did not end within its limit.</summary>
    HandBackFailed,

    /// <summary>It ignored its cancellation and was left behind.</summary>
    Ignored,
}
