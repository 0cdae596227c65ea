using System.Globalization;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>A range of durations, written <c>0.2..2</c> in seconds on the command line.</summary>
internal sealed record SecondsRange(TimeSpan Min, TimeSpan Max)
{
    public static bool TryParse(string text, out SecondsRange range)
    {
        range = new SecondsRange(TimeSpan.Zero, TimeSpan.Zero);
        string[] ends = text.Split("..");
        if (ends.Length is 0 or > 2 || !TrySeconds(ends[0], out double min) || !TrySeconds(ends[^1], out double max) || max < min)
        {
            return false;
        }

        range = new SecondsRange(TimeSpan.FromSeconds(min), TimeSpan.FromSeconds(max));
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Min.TotalSeconds}..{Max.TotalSeconds}");

    private static bool TrySeconds(string text, out double seconds) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) && seconds <= 3600;
}
