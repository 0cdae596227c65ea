using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Ledger;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>What comes after the load: the last instance leaves, effects settle, the beside services leave, the ledgers are read.</summary>
internal sealed class Ending(
    RehearseSettings settings, InstanceStarter starter, InstanceStopper stopper, BesideServices beside, IRehearsalProgress progress, TimeProvider time)
{
    private readonly DeploymentOrder _order = new(0, (int)settings.Signal, TimeSpan.Zero, FaultPlan.None);

    /// <param name="record">With the deployments.</param>
    /// <param name="running">The instances that are left.</param>
    /// <param name="cancellationToken">Leaves whatever still runs to be ended by disposing the starter.</param>
    /// <exception cref="QuiesceException">An instance, or a beside service, ended by itself.</exception>
    public async Task<RehearsalRecord> AddAsync(RehearsalRecord record, IReadOnlyList<Instance> running, CancellationToken cancellationToken)
    {
        // Step 1: the instances leave: idle, so nothing can be lost, but their exits count.
        progress.Step("the last instance leaves", settings.Settle);
        Stop[] last = await Task.WhenAll(running.Select(instance => stopper.StopAsync(instance, _order, cancellationToken)));

        // Step 2: what was acknowledged is done, by whoever is left to do it.
        var reading = new LedgerReading(settings.Ledgers, new LedgerHost(starter, settings.Port), record.Deployments!.Requests, time);
        TimeSpan? settledAfter = await new Settling(reading, beside, progress, time).WaitAsync(settings.Settle, cancellationToken);

        // Step 3: only now, and before the reading that counts: a worker that loses at its own stop what it had said was done must be seen.
        if (settings.Beside.Count > 0) { progress.Step("the last beside services leave", TimeSpan.Zero); }
        await beside.RequireRunningAsync();
        beside.TellAll(_order, cancellationToken);
        BesideStop[] left = await beside.Left;

        // Step 4: nobody writes to the ledgers any more.
        LedgersRead read = await reading.ReadAsync(cancellationToken);
        return record with
        {
            FinalStop = last[^1] with { Beside = left },
            OtherFinalStops = last[..^1],
            SettledAfter = settledAfter,
            Ledgers = read.Results,
            NoVerdictReason = read.NoVerdictReason,
        };
    }
}
