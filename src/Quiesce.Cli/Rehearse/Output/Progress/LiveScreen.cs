using System.Text;

namespace Quiesce.Cli.Rehearse.Output.Progress;

/// <summary>Keeps the live view at the end of what is on the terminal, and redraws it in place.</summary>
/// <remarks>No cursor is hidden, no mode is switched, no screen is taken over: whatever ends the tool, there is nothing to restore.</remarks>
internal sealed class LiveScreen(CliConsole console) : IProgressDisplay
{
    private const string LineStart = "\r", EraseBelow = "\x1b[J", EraseRest = "\x1b[K";

    // What is on the screen now: the cells of each row, as they were drawn.
    private int[] _drawn = [];

    /// <summary>As often as an eye follows.</summary>
    public TimeSpan Period { get; } = TimeSpan.FromMilliseconds(500);

    public bool ShowsPhases => true;

    public void Say(string text)
    {
        console.Error.WriteLine(ToTop() + EraseBelow + ProgressText.Wrap(text, console.Size.Width - 1));
        _drawn = [];
    }

    public void Show(ProgressState state)
    {
        // The last cell stays free: a row that fills it wraps on some terminals. The last row does too, for the line that is said next.
        IReadOnlyList<LiveLine> rows = LiveView.Render(state, Math.Max(console.Size.Width - 1, 1), console.Size.Height - 1);
        var text = new StringBuilder(ToTop());
        for (int i = 0; i < rows.Count; i++)
        {
            text.Append(i > 0 ? Environment.NewLine : "").Append(console.UsesColour ? rows[i].ToColoured() : rows[i].ToString()).Append(EraseRest);
        }

        console.Error.Write(text.Append(EraseBelow).ToString());
        _drawn = [.. rows.Select(static row => row.Length)];
    }

    public void End()
    {
        console.Error.Write(ToTop() + EraseBelow);
        _drawn = [];
    }

    // A terminal that became narrower has wrapped what it shows: a row then takes several.
    private string ToTop()
    {
        int width = Math.Max(console.Size.Width, 1);
        int rows = _drawn.Sum(cells => Math.Max((cells + width - 1) / width, 1));
        return rows > 1 ? $"{LineStart}\x1b[{rows - 1}A" : LineStart;
    }
}
