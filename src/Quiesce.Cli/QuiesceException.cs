namespace Quiesce.Cli;

/// <summary>Ends the tool with one clear message and an exit code of its own; never shown with a stack trace.</summary>
internal sealed class QuiesceException : Exception
{
    public QuiesceException(int exitCode, string message)
        : base(message) => ExitCode = exitCode;

    public int ExitCode { get; }
}
