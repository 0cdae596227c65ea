namespace Quiesce.Testing;

/// <summary>How a process would have ended.</summary>
/// <param name="Code">Its exit code, see <see cref="ShutdownExitCode"/>; 137 if it was killed.</param>
/// <param name="Cause">Who ended it.</param>
public sealed record ProcessExit(int Code, ProcessExitCause Cause);
