using System.Globalization;

namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>A fault to be played in each deployment.</summary>
internal sealed record Fault(FaultKind Kind)
{
    /// <summary>Gets how many clients or requests; zero where that means nothing.</summary>
    public int Count { get; init; }

    /// <summary>Gets how long after the signal, or after the start; <see langword="null"/> for at once, or at a random moment.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>Gets what never ends; <see langword="null"/> for a body that the client never finishes.</summary>
    public string? Path { get; init; }

    public FaultSpec Spec => FaultCatalog.Of(Kind);

    /// <summary>As on the command line.</summary>
    public override string ToString()
    {
        string value = Spec.Value switch
        {
            FaultValue.Count => $"{Count}",
            FaultValue.Seconds => After?.TotalSeconds.ToString(CultureInfo.InvariantCulture) ?? "",
            FaultValue.Path => Path ?? "",
            _ => "",
        };
        return value.Length == 0 ? Spec.Name : $"{Spec.Name}={value}";
    }
}
