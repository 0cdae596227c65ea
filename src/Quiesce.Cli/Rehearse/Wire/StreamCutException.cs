namespace Quiesce.Cli.Rehearse.Wire;

/// <summary>A stream ended in a way that leaves its client in the dark.</summary>
/// <param name="message">How, as the beginning of a sentence.</param>
internal sealed class StreamCutException(string message) : Exception(message);
