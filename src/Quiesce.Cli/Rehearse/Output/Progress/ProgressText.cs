using System.Globalization;

namespace Quiesce.Cli.Rehearse.Output.Progress;

/// <summary>Durations as a waiting person reads them.</summary>
internal static class ProgressText
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1), _longWait = TimeSpan.FromMinutes(2);

    /// <summary>How long it may still take; empty when nobody knows.</summary>
    public static string Left(TimeSpan left) =>
        left <= _second ? "" : left < _longWait ? Text($"about {left.TotalSeconds:F0} s left") : Text($"about {left.TotalMinutes:F0} min left");

    public static string Seconds(TimeSpan duration) => Text($"{duration.TotalSeconds:F1} s");

    /// <summary>Breaks a line between words, where a terminal would break it inside of one.</summary>
    public static string Wrap(string text, int width)
    {
        var lines = new List<string>();
        foreach (string word in text.Split(' '))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= width) { lines[^1] += " " + word; }
            else { lines.Add(word); }
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
