using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>The signals that ask a program to leave.</summary>
internal enum StopSignal
{
    Term = Signals.Term,
    Int = Signals.Int,
    Quit = Signals.Quit,
}
