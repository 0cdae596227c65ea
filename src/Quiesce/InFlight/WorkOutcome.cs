namespace Quiesce;

/// <summary>What became of a unit of work that the drain's deadline caught, or the end of the process before it.</summary>
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

    /// <summary>It was in flight when the process ended, and the drain's deadline had not caught it: the process was ended by force, or somebody
    /// exited, before that.</summary>
    Running,
}
