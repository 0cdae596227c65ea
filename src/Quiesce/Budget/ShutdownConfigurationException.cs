namespace Quiesce;

/// <summary>Thrown at start-up when the configuration of the shutdown cannot work. Each mistake is named.</summary>
public sealed class ShutdownConfigurationException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="ShutdownConfigurationException"/> class.</summary>
    /// <param name="failures">Each mistake, one sentence or two: what is wrong, where, and what to do.</param>
    public ShutdownConfigurationException(IReadOnlyList<string> failures)
        : base(Describe(failures)) => Failures = failures;

    /// <summary>Gets every mistake that was found.</summary>
    public IReadOnlyList<string> Failures { get; }

    private static string Describe(IReadOnlyList<string> failures)
    {
        ArgumentNullException.ThrowIfNull(failures);
        return failures.Count == 1
            ? "Graceful shutdown: " + failures[0]
            : string.Join(Environment.NewLine + "  - ", failures.Prepend($"Graceful shutdown: {failures.Count} mistakes."));
    }
}
