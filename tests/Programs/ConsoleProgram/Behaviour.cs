using Quiesce;

namespace ConsoleProgram;

/// <summary>How the program behaves while it runs, and after.</summary>
internal sealed record Behaviour(Func<GracefulShutdown, Task> RunAsync, Action AfterRun);
