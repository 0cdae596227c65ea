namespace Quiesce;

/// <summary>A terminal that a person looks at.</summary>
internal interface ITerminal
{
    /// <summary>Gets its width in columns, as of now.</summary>
    int Width { get; }

    /// <summary>Writes a text as it is. May block for as long as the person has stopped the output.</summary>
    void Write(string text);
}
