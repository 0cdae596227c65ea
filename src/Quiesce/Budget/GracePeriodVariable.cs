namespace Quiesce;

/// <summary>Reads <c>QUIESCE_GRACE_PERIOD</c>.</summary>
internal static class GracePeriodVariable
{
    public const string Name = "QUIESCE_GRACE_PERIOD";

    /// <inheritdoc cref="DurationVariable.Parse"/>
    public static TimeSpan? Parse(string? text) => DurationVariable.Parse(Name, text);
}
