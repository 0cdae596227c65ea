namespace Quiesce.Cli.Rehearse.Output;

/// <summary>How a process left: one of the program's, or one of a beside service's.</summary>
internal interface IExitSection
{
    string? ExitSignal { get; }

    int ShellCode { get; }

    bool Killed { get; }

    bool ByKill { get; }
}
