using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Beside;

/// <summary>The services that are deployed side by side with the program: an instance of each, and its successor while one replaces the other.</summary>
/// <remarks>Used by the rehearsal only, one step after the other. Whatever is started is ended by the starter at the latest.</remarks>
internal sealed class BesideServices(RehearseSettings settings, InstanceStarter starter, TimeProvider time)
{
    private readonly GraceWait _grace = new(settings.Grace, time);

    // Oldest first; without those that were told to leave.
    private readonly List<BesideInstance> _running = [];

    private Task<BesideStop[]> _left = Task.FromResult<BesideStop[]>([]);
    private int _newest;

    /// <summary>Gets the ends of those that should run.</summary>
    public IEnumerable<Task> Exits => _running.Select(static beside => beside.Program.Exited);

    /// <summary>Gets how those left that were told to last; completes once they have.</summary>
    public Task<BesideStop[]> Left => _left;

    /// <summary>Starts the next instance of each service, and returns once all are ready.</summary>
    /// <exception cref="QuiesceException">One did not start, or did not get ready in time.</exception>
    public async Task StartNextAsync(CancellationToken cancellationToken)
    {
        _newest++;
        for (int service = 1; service <= settings.Beside.Count; service++)
        {
            var identity = new BesideIdentity(service, _newest, settings.Beside[service - 1]);
            _running.Add(await starter.StartBesideAsync(identity, cancellationToken));
        }
    }

    /// <exception cref="QuiesceException">One that nobody told to leave has ended.</exception>
    public async Task RequireRunningAsync()
    {
        foreach (BesideInstance beside in _running.Where(static beside => beside.Program.Exited.IsCompleted))
        {
            throw await InstanceFailures.EndedUntoldAsync(beside.Program, $"{beside.Identity}", time);
        }
    }

    /// <summary>Tells those to leave that have a successor: none, where nothing is replaced.</summary>
    public void TellReplaced(DeploymentOrder order, CancellationToken cancellationToken) =>
        Tell(_running.Where(beside => beside.Identity.Instance < _newest), order, cancellationToken);

    /// <summary>Tells all to leave.</summary>
    public void TellAll(DeploymentOrder order, CancellationToken cancellationToken) => Tell(_running, order, cancellationToken);

    private void Tell(IEnumerable<BesideInstance> which, DeploymentOrder order, CancellationToken cancellationToken)
    {
        BesideInstance[] leaving = [.. which];
        _running.RemoveAll(beside => leaving.Contains(beside));
        _left = Task.WhenAll(leaving.Select(beside => StopAsync(beside, order, cancellationToken)));
    }

    private async Task<BesideStop> StopAsync(BesideInstance beside, DeploymentOrder order, CancellationToken cancellationToken)
    {
        long signalledAt = time.GetTimestamp();
        beside.Program.Signal(order.Signal);
        (ProgramExit exit, bool killed) = await _grace.EndAsync(beside.Program, cancellationToken);
        return new BesideStop(beside.Identity, exit.Status, killed, exit.LeftBehind, time.GetElapsedTime(signalledAt, exit.At)) { IsByKill = order.IsByKill };
    }
}
