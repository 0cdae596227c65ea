namespace Quiesce.Schedules;

/// <summary>A rule that a shutdown has broken.</summary>
internal sealed class ViolationException(string rule) : Exception(rule)
{
    public static void Unless(bool holds, string rule)
    {
        if (!holds) { throw new ViolationException(rule); }
    }
}
