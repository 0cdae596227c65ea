namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>One kind of fault as the command line names it and the report explains it.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Name">What it is called. API: files of earlier versions name it.</param>
/// <param name="Value">What may follow the equals sign; <see langword="null"/> for nothing.</param>
/// <param name="Default">What that is when it is left out.</param>
/// <param name="Expected">What the program is expected to do, as a sentence.</param>
internal sealed record FaultSpec(FaultKind Kind, string Name, FaultValue? Value, string Default, string Expected)
{
    /// <summary>How it is written: <c>burst[=N]</c>.</summary>
    public string Usage => Value is { } value ? $"{Name}[={value switch { FaultValue.Count => "N", FaultValue.Seconds => "SECONDS", _ => "/PATH" }}]" : Name;
}
