using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Quiesce.Cli.Tests.Output.Progress;

/// <summary>What a person sees: a writer that keeps rows, wraps and scrolls nothing away, and obeys what the live view sends.</summary>
/// <remarks>An escape sequence that it does not know is a failure of the test.</remarks>
internal sealed partial class VirtualTerminal(int width) : StringWriter(CultureInfo.InvariantCulture)
{
    private readonly List<StringBuilder> _rows = [new()];
    private int _width = width, _row, _column;

    /// <summary>The rows from top to bottom, without what is blank at the end.</summary>
    public IReadOnlyList<string> Rows
    {
        get
        {
            Obey();
            List<string> rows = [.. _rows.Select(static row => row.ToString().TrimEnd())];
            while (rows.Count > 0 && rows[^1].Length == 0) { rows.RemoveAt(rows.Count - 1); }
            return rows;
        }
    }

    /// <summary>Resizes the window, as terminals do that wrap anew what they show. The cursor stays behind what was written last.</summary>
    public void Resize(int cells)
    {
        string shown = string.Join("\r\n", Rows);
        _rows.Clear();
        _rows.Add(new StringBuilder());
        (_width, _row, _column) = (cells, 0, 0);
        Write(shown);
    }

    private void Obey()
    {
        string text = GetStringBuilder().ToString();
        GetStringBuilder().Clear();
        foreach (Match part in Parts().Matches(text)) { Obey(part.Value); }
    }

    private void Obey(string part)
    {
        switch (part)
        {
            case "\r": _column = 0; break;
            case "\n": NextRow(); break;
            case "\x1b[K": Cut(_row); break;
            case "\x1b[J":
                Cut(_row);
                _rows.RemoveRange(_row + 1, _rows.Count - _row - 1);
                break;
            case ['\x1b', .., 'm']: break; // A colour.
            case ['\x1b', .., 'A']: _row = Math.Max(0, _row - int.Parse(part[2..^1], CultureInfo.InvariantCulture)); break;
            case ['\x1b', ..]: Assert.Fail($"The view sends {part[1..]}, which this terminal does not know."); break;
            default: Put(part[0]); break;
        }
    }

    private void Cut(int row) => _rows[row].Length = Math.Min(_rows[row].Length, _column);

    private void NextRow()
    {
        (_row, _column) = (_row + 1, 0);
        if (_row == _rows.Count) { _rows.Add(new StringBuilder()); }
    }

    private void Put(char cell)
    {
        if (_column == _width) { NextRow(); }
        StringBuilder row = _rows[_row];
        row.Append(' ', Math.Max(0, _column + 1 - row.Length));
        row[_column++] = cell;
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*[A-Za-z]|[\s\S]")]
    private static partial Regex Parts();
}
