namespace Quiesce.Cli.Rehearse.Load;

/// <summary>How many requests ended in each class, at one moment.</summary>
/// <param name="counts">By the number of the class; not changed any more.</param>
internal sealed class OutcomeTally(int[] counts)
{
    public static readonly int Classes = Enum.GetValues<OutcomeClass>().Length;

    public int Total => counts.Sum();

    public int Of(OutcomeClass outcome) => counts[(int)outcome];
}
