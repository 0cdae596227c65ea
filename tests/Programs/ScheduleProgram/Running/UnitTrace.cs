namespace Quiesce.Schedules;

/// <summary>A unit of work, as it saw it itself.</summary>
internal sealed class UnitTrace
{
    public bool Admitted { get; set; }

    /// <summary>Gets or sets a value indicating whether it was told that it counts as done.</summary>
    public bool Completed { get; set; }

    public double? EndedAt { get; set; }

    /// <summary>Gets or sets how often it was handed back.</summary>
    public int HandBacks { get; set; }

    /// <summary>Gets or sets a value indicating whether it was in flight when the shutdown was over.</summary>
    public bool IsAlive { get; set; }

    public static string KindOf(int number) => $"unit {number}";
}
