namespace Quiesce;

/// <summary>What the beginning of the drain means for work of a kind.</summary>
/// <remarks>Work that saves a checkpoint and then ends is <see cref="Finish"/> too: it looks at <see cref="GracefulShutdown.Draining"/>.</remarks>
public enum DrainPolicy
{
    /// <summary>The work runs on, and is told to stop at the drain's deadline.</summary>
    Finish,

    /// <summary>The work is told to stop when the drain begins: it is cheap to do again. That it ends undone is no loss.</summary>
    Cancel,
}
