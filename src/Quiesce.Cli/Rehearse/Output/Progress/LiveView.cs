using System.Globalization;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Verdict;

namespace Quiesce.Cli.Rehearse.Output.Progress;

/// <summary>The live view of one moment, as rows: step and phase, how far, requests by outcome, how well the load keeps its schedule.</summary>
internal static class LiveView
{
    private const string Separator = " · ";

    // Longer would only be more of the same.
    private const int LongestBar = 40;

    // Below this many cells a bar shows nothing that its figure does not.
    private const int ShortestBar = 8;

    /// <summary>Draws it.</summary>
    /// <param name="state">The moment.</param>
    /// <param name="width">Cells that a row may take; 1 or more.</param>
    /// <param name="height">Rows that there are; the last ones are left out if they do not fit.</param>
    public static IReadOnlyList<LiveLine> Render(ProgressState state, int width, int height)
    {
        List<LiveLine> rows = [.. Flow(Headline(state), width), Bar(state, width)];
        if (state.Load is { } load) { rows.AddRange([.. Flow(Outcomes(load), width), .. Flow(Schedule(load), width)]); }
        return [.. rows.Take(Math.Max(height, 1))];
    }

    private static IEnumerable<(string Text, Tone Tone)> Headline(ProgressState state)
    {
        yield return (state.Step, Tone.Strong);
        if (state.Phase.Length > 0) { yield return ($"{state.Phase}, {ProgressText.Seconds(state.InPhase)}", Tone.Plain); }
    }

    private static LiveLine Bar(ProgressState state, int width)
    {
        var line = new LiveLine(width);
        string percent = string.Create(CultureInfo.InvariantCulture, $"{state.Done * 100:F0} %"), left = ProgressText.Left(state.Left);
        string text = left.Length > 0 ? $"{percent}, {left}" : percent;
        int cells = Math.Min(LongestBar, width - text.Length - 1);
        if (cells < ShortestBar) { return line.Add(text); }
        int done = (int)(state.Done * cells);
        return line.Add(new string('━', done), Tone.Good).Add(new string('─', cells - done), Tone.Soft).Add($" {text}");
    }

    private static IEnumerable<(string Text, Tone Tone)> Outcomes(ProgressFigures load)
    {
        foreach (OutcomeClass outcome in Enum.GetValues<OutcomeClass>())
        {
            int count = load.Ended.Of(outcome);
            if (outcome != OutcomeClass.Ok && count == 0) { continue; }
            Tone tone = outcome == OutcomeClass.Ok ? Tone.Good : OutcomeRules.IsUnsafe(outcome) ? Tone.Bad : Tone.Warning;
            yield return ($"{Number(count)} {OutcomeText.Of(outcome)}", tone);
        }

        yield return ($"{Number(load.InFlight)} in flight", Tone.Soft);
    }

    private static IEnumerable<(string Text, Tone Tone)> Schedule(ProgressFigures load)
    {
        LoadLateness late = load.Lateness;
        yield return ($"{Number(late.Sent)} sent", Tone.Soft);
        string over = string.Create(CultureInfo.InvariantCulture, $"{late.LateCount:N0} of them over {LoadDefaults.Late.TotalMilliseconds:F0} ms late");
        yield return (over, late.LateCount > 0 ? Tone.Warning : Tone.Soft);
        yield return (string.Create(CultureInfo.InvariantCulture, $"worst {late.Worst.TotalMilliseconds:F0} ms"), Tone.Soft);
    }

    /// <summary>Sets items side by side, and goes on below where the next one would not fit.</summary>
    private static IEnumerable<LiveLine> Flow(IEnumerable<(string Text, Tone Tone)> items, int width)
    {
        LiveLine? line = null;
        foreach ((string text, Tone tone) in items)
        {
            if (line is not null && line.Fits(Separator.Length + text.Length))
            {
                line.Add(Separator, Tone.Soft).Add(text, tone);
                continue;
            }

            if (line is not null) { yield return line; }
            line = new LiveLine(width).Add(text, tone);
        }

        if (line is not null) { yield return line; }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
