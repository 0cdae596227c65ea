using System.Globalization;

namespace Quiesce;

/// <summary>Reads a duration from a variable of the environment.</summary>
internal static class DurationVariable
{
    /// <summary>Parses seconds (<c>30</c>, <c>7.5</c>) or a TimeSpan (<c>00:00:30</c>).</summary>
    /// <param name="name">The variable, for the error.</param>
    /// <param name="text">What it holds.</param>
    /// <returns>The duration, or <see langword="null"/> when the variable is not set or empty.</returns>
    /// <exception cref="ShutdownConfigurationException">The text is neither.</exception>
    public static TimeSpan? Parse(string name, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) { return null; }

        CultureInfo culture = CultureInfo.InvariantCulture;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, culture, out double seconds)
            && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, culture, out TimeSpan span)) { return span; }

        throw new ShutdownConfigurationException([$"{name} is '{text}', which is no duration. Use seconds ('30') or a TimeSpan ('00:00:30')."]);
    }
}
