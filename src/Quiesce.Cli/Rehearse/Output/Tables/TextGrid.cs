using Spectre.Console;

namespace Quiesce.Cli.Rehearse.Output.Tables;

/// <summary>Rows under column titles, where there is room for that, if need be without the optional ones; else each row by itself, its values named.</summary>
/// <remarks>
/// Nothing is cut and no cell is wrapped inside the table. A first cell that is longer than its column (a title may be any command) stands on a
/// line of its own above its row; once not even that fits, every row is a small list.
/// </remarks>
internal sealed class TextGrid(params IReadOnlyList<TextColumn> columns)
{
    private const string Gap = "  ", Separator = " · ", Indent = "  ";

    // A first column narrower than this is no name any more.
    private const int NarrowestName = 12;

    private readonly List<IReadOnlyList<TextCell>> _rows = [];

    /// <summary>Adds a row; as many cells as there are columns.</summary>
    public void Add(params IReadOnlyList<TextCell> cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Count, columns.Count);
        _rows.Add(cells);
    }

    public void Show(IAnsiConsole console)
    {
        console.WriteLine();
        int width = console.Profile.Width;
        TextGrid[] grids = [this, WithoutOptional()];
        if (Array.Find(grids, grid => grid.Fits(width)) is { } table) { table.ShowTable(console, table.Widths(width)); }
        else { ShowLists(console, width); }
    }

    private bool Fits(int width) => Widths(width)[0] >= Math.Min(NarrowestName, WidthOf(columns[0], 0));

    /// <summary>The columns' widths; the first one's is what the others leave of all.</summary>
    private int[] Widths(int all)
    {
        int[] widths = [.. columns.Select(WidthOf)];
        int others = widths[1..].Sum() + (Gap.Length * (widths.Length - 1));
        widths[0] = Math.Min(widths[0], all - others);
        return widths;
    }

    private TextGrid WithoutOptional()
    {
        int[] kept = [.. Enumerable.Range(0, columns.Count).Where(i => !columns[i].IsOptional)];
        var grid = new TextGrid([.. kept.Select(i => columns[i])]);
        foreach (IReadOnlyList<TextCell> row in _rows) { grid.Add([.. kept.Select(i => row[i])]); }

        return grid;
    }

    private int WidthOf(TextColumn column, int index) =>
        Math.Max(column.Lines.Max(static line => line.Length), _rows.Select(row => row[index].Text.Length).DefaultIfEmpty().Max());

    private void ShowTable(IAnsiConsole console, int[] widths)
    {
        int height = columns.Max(static column => column.Lines.Count);
        for (int line = 0; line < height; line++)
        {
            // Titles of one line stand on the lower one.
            int above = height - line;
            ShowRow(console, widths, [.. columns.Select(column => (TextCell)(column.Lines.Count >= above ? column.Lines[^above] : ""))]);
        }

        console.WriteLine(new string('─', widths.Sum() + (Gap.Length * (widths.Length - 1))));
        foreach (IReadOnlyList<TextCell> row in _rows)
        {
            if (row[0].Text.Length <= widths[0])
            {
                ShowRow(console, widths, row);
                continue;
            }

            console.WriteLine(row[0].Text, row[0].Style);
            ShowRow(console, widths, ["", .. row.Skip(1)]);
        }

        console.WriteLine();
    }

    private void ShowRow(IAnsiConsole console, int[] widths, IReadOnlyList<TextCell> row)
    {
        int last = row.Count - 1;
        for (int i = 0; i <= last; i++)
        {
            string text = columns[i].IsFigure ? row[i].Text.PadLeft(widths[i]) : i == last ? row[i].Text : row[i].Text.PadRight(widths[i]);
            console.Write(new Text(i == 0 ? text : Gap + text, row[i].Style));
        }

        console.WriteLine();
    }

    private void ShowLists(IAnsiConsole console, int width)
    {
        foreach (IReadOnlyList<TextCell> row in _rows)
        {
            console.WriteLine(row[0].Text, row[0].Style.Decoration(Decoration.Bold));
            int used = 0;
            for (int i = 1; i < row.Count; i++)
            {
                string text = $"{columns[i].Name} {row[i].Text}", before = used == 0 ? Indent : Separator;
                if (used > 0 && used + before.Length + text.Length > width)
                {
                    console.WriteLine();
                    (used, before) = (0, Indent);
                }

                console.Write(new Text(before + text, row[i].Style));
                used += before.Length + text.Length;
            }

            console.WriteLine();
        }

        console.WriteLine();
    }
}
