namespace Quiesce.Cli.Rehearse.Load;

/// <summary>The load could not be applied as scheduled, so its counts prove nothing.</summary>
/// <param name="message">What happened with its values, why, and what to do.</param>
/// <param name="innerException">The cause, if it was an exception.</param>
internal sealed class LoadFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
