using Spectre.Console;

namespace Quiesce.Cli.Rehearse.Output.Tables;

/// <summary>One cell of a <see cref="TextGrid"/>.</summary>
internal sealed record TextCell(string Text, Style Style)
{
    public static implicit operator TextCell(string text) => new(text, Style.Plain);
}
