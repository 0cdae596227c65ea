namespace Quiesce;

/// <summary>How a participant's part in one phase ended.</summary>
public enum StepOutcome
{
    /// <summary>It returned in time.</summary>
    Completed,

    /// <summary>It threw.</summary>
    Failed,

    /// <summary>It ended because its token was cancelled: its limit was near, or a person asked to hurry.</summary>
    Cancelled,

    /// <summary>It did not return within its limit and was left behind.</summary>
    Abandoned,
}
