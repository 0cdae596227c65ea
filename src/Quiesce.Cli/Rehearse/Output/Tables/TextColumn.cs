namespace Quiesce.Cli.Rehearse.Output.Tables;

/// <summary>One column of a <see cref="TextGrid"/>.</summary>
/// <param name="Title">What it is called; may take two lines.</param>
/// <param name="IsFigure">Whether it stands at the right, as figures do.</param>
internal sealed record TextColumn(string Title, bool IsFigure = false)
{
    public IReadOnlyList<string> Lines { get; } = Title.Split('\n');

    /// <summary>Gets a value indicating whether the table does without it where there is no room for it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Gets what it is called where it stands by itself, beside its value.</summary>
    public string Name { get; init; } = Title.Replace('\n', ' ');
}
