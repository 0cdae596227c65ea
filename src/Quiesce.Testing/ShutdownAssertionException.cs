using System.Diagnostics.CodeAnalysis;

namespace Quiesce.Testing;

/// <summary>A report is not what a test demands. The message says what was found, and the whole report in words.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Without a report there is nothing to say.")]
public sealed class ShutdownAssertionException : Exception
{
    internal ShutdownAssertionException(string found, ShutdownReport report)
        : base($"{found} The report: {ReportText.Summarize(report)}")
    {
    }
}
