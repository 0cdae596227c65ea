namespace Quiesce.Cli.Rehearse.Wire;

/// <summary>The server sent something that is no HTTP/1.x answer.</summary>
/// <param name="message">What was wrong, as the rest of a sentence that begins with "the answer is no HTTP: ".</param>
internal sealed class MalformedAnswerException(string message) : Exception(message);
