namespace Quiesce.Schedules;

/// <summary>How a step waits.</summary>
internal enum Manner
{
    /// <summary>It awaits, and ends when its token asks.</summary>
    Hears,

    /// <summary>It awaits, and ignores its token.</summary>
    Ignores,

    /// <summary>It holds its thread, and ignores its token.</summary>
    Blocks,
}
