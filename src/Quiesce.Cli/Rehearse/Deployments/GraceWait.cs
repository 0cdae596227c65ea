using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>Waits until a program that was told to leave has left, and ends it at the grace, as an orchestrator does.</summary>
internal sealed class GraceWait(TimeSpan grace, TimeProvider time)
{
    /// <summary>Returns its end, and whether it had to be killed.</summary>
    /// <param name="program">Signalled just now.</param>
    /// <param name="cancellationToken">Leaves it to be ended by whoever started it.</param>
    public async Task<(ProgramExit Exit, bool Killed)> EndAsync(ProgramProcess program, CancellationToken cancellationToken)
    {
        try
        {
            return (await program.Exited.WaitAsync(grace, time, cancellationToken), false);
        }
        catch (TimeoutException)
        {
            return (await program.EndAsync(), true);
        }
    }
}
