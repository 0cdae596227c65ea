using System.Globalization;

namespace Quiesce;

/// <summary>Reads <c>QUIESCE_GRACE_PERIOD</c>.</summary>
internal static class GracePeriodVariable
{
    public const string Name = "QUIESCE_GRACE_PERIOD";

    /// <summary>Parses seconds (<c>30</c>, <c>7.5</c>) or a TimeSpan (<c>00:00:30</c>).</summary>
    /// <returns>The grace, or <see langword="null"/> when the variable is not set or empty.</returns>
    /// <exception cref="ShutdownConfigurationException">The text is neither.</exception>
    public static TimeSpan? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) { return null; }

        CultureInfo culture = CultureInfo.InvariantCulture;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, culture, out double seconds)
            && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, culture, out TimeSpan span)) { return span; }

        throw new ShutdownConfigurationException(
            [$"{Name} is '{text}', which is no duration. Use seconds ('30') or a TimeSpan ('00:00:30')."]);
    }
}
