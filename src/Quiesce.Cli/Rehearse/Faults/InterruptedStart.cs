using System.Globalization;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>An instance that is told to leave while it starts. It never joins the balancer, so no request depends on it.</summary>
internal sealed class InterruptedStart(Fault fault, RehearseSettings settings, TimeProvider time)
{
    /// <summary>Waits for the moment, signals, and waits for the end.</summary>
    /// <param name="program">Just started.</param>
    /// <param name="untilReady">How long the last instance took to get ready: a random moment is drawn from this time.</param>
    /// <param name="draw">From 0 to 1.</param>
    /// <param name="cancellationToken">Leaves the program to be ended by whoever started it.</param>
    public async Task<FaultRecord> RunAsync(ProgramProcess program, TimeSpan untilReady, double draw, CancellationToken cancellationToken)
    {
        TimeSpan moment = fault.After ?? (untilReady * draw);
        await Task.WhenAny(Task.Delay(moment, time, cancellationToken), program.Exited);
        cancellationToken.ThrowIfCancellationRequested();
        if (program.Exited.IsCompleted)
        {
            return new FaultRecord(fault, 0, new Dictionary<string, int> { ["had ended by itself before the signal"] = 1 });
        }

        long signalledAt = time.GetTimestamp();
        program.Signal((int)settings.Signal);
        (ProgramExit exit, bool killed) = await new GraceWait(settings.Grace, time).EndAsync(program, cancellationToken);
        string how = killed ? "killed" : exit.Status.ToString();
        string after = string.Create(CultureInfo.InvariantCulture, $"{moment.TotalSeconds:0.##} s into its start");
        string? failure = killed
            ? $"An instance that was told to leave {after} was still there after the grace of {settings.Grace.TotalSeconds} s and was killed."
            : settings.AcceptedExitCodes.Contains(exit.Status.ShellCode)
            ? null
            : $"An instance that was told to leave {after} left with {exit.Status} (shell: {exit.Status.ShellCode}), which is not accepted (--accept-exit).";
        string took = string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(signalledAt, exit.At).TotalSeconds:0.00}");
        return new FaultRecord(fault, 1, new Dictionary<string, int> { [$"{how} {took} s after the signal, {after}"] = 1 }, failure);
    }
}
