namespace Quiesce;

/// <summary>The signals Quiesce listens to. The values are Linux' own numbers: 128 plus the number is a shell's exit code.</summary>
internal enum ShutdownSignal
{
    Hangup = 1,
    Interrupt = 2,
    Quit = 3,
    Terminate = 15,
}
