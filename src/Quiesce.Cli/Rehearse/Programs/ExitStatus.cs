namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>How a process ended: with a code of its own, or by a signal. Exactly one of the two is set.</summary>
/// <remarks>Kept apart, because "exit code 143" and "died of SIGTERM" are different facts that a shell reports alike.</remarks>
internal sealed record ExitStatus(int? Code, int? Signal)
{
    /// <summary>The single number a shell or an orchestrator shows: the code, or 128 + the signal.</summary>
    public int ShellCode => Code ?? ExitCodes.SignalBase + Signal!.Value;

    /// <summary>Decodes what <c>waitpid</c> reports.</summary>
    public static ExitStatus FromWaitStatus(int status)
    {
        int signal = status & 0x7f;
        return signal == 0 ? new ExitStatus((status >> 8) & 0xff, null) : new ExitStatus(null, signal);
    }

    public override string ToString() => Signal is { } signal ? $"died of {Signals.NameOf(signal)}" : $"exit code {Code}";
}
