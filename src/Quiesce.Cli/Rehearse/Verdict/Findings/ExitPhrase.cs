using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Verdict.Findings;

/// <summary>An end that is not accepted, in words.</summary>
internal static class ExitPhrase
{
    public const string Remedy = "Look at the last lines that it wrote (--log DIRECTORY keeps them), and let it exit with 0 once everything is in order; "
        + "if this is how it leaves well, name the code with --accept-exit.";

    /// <summary>Each code or signal once: "exit code 3 or SIGSEGV".</summary>
    public static string Of(IEnumerable<ExitStatus> ends) =>
        string.Join(" or ", ends.Select(static status => status.Signal is { } signal ? Signals.NameOf(signal) : $"exit code {status.Code}").Distinct());

    public static string CauseOf(RehearseSettings settings, ExitStatus status)
    {
        if (status.Signal is not { } signal) { return "it says itself that something went wrong while it left."; }
        if (signal == (int)settings.Signal) { return $"it died of {Signals.NameOf(signal)} itself, which --accept-exit does not name: it has no handler."; }
        return signal == Signals.Kill ? "somebody else killed it: the kernel for want of memory, or a script." : "it crashed while it left.";
    }
}
