using System.Text;

namespace Quiesce.Cli.Rehearse.Output.Progress;

/// <summary>One row of the live view: pieces of text, never wider than it may be.</summary>
internal sealed class LiveLine(int width)
{
    private const string Ellipsis = "…", Reset = "\x1b[0m";

    private readonly List<(string Text, Tone Tone)> _pieces = [];

    /// <summary>How many cells it takes: each character of the view is one cell wide.</summary>
    public int Length { get; private set; }

    public bool Fits(int more) => Length + more <= width;

    /// <summary>Adds as much of the text as there is room for; what is left out shows as an ellipsis.</summary>
    public LiveLine Add(string text, Tone tone = Tone.Plain)
    {
        int room = width - Length;
        string shown = text.Length <= room ? text : room > 0 ? text[..(room - 1)] + Ellipsis : "";
        if (shown.Length > 0) { _pieces.Add((shown, tone)); }
        Length += shown.Length;
        return this;
    }

    public override string ToString() => string.Concat(_pieces.Select(static piece => piece.Text));

    /// <summary>The same with the terminal's colours.</summary>
    public string ToColoured()
    {
        var text = new StringBuilder();
        foreach ((string piece, Tone tone) in _pieces)
        {
            text.Append(tone == Tone.Plain ? piece : $"\x1b[{Code(tone)}m{piece}{Reset}");
        }

        return text.ToString();
    }

    // Those of the terminal's own sixteen, so that its owner's choice of light or dark holds.
    private static int Code(Tone tone) => tone switch
    {
        Tone.Strong => 1,
        Tone.Soft => 2,
        Tone.Good => 32,
        Tone.Bad => 31,
        _ => 33,
    };
}
