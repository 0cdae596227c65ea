using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Rehearse.Verdict;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>One rehearsal from the first start to the last ledger.</summary>
/// <remarks>
/// <list type="number">
/// <item>Baseline: load without a stop must lose nothing, or the program or the rig is at fault.</item>
/// <item>Baseline: load across a SIGKILL must lose something, or the rig is blind.</item>
/// <item>The deployments, under one load that never pauses.</item>
/// <item>The load ends, then the last instance leaves the same way: idle, so nothing can be lost, but its exit counts.</item>
/// <item>Effects settle, then the beside services leave, and the ledgers are read: nobody writes to them any more.</item>
/// </list>
/// Each stretch of load has a seed of its own, so its ids are its own too: what the SIGKILL left behind is never held against a deployment.
/// </remarks>
internal sealed class Rehearsal(
    RehearseSettings settings, IRig rig, InstanceStarter starter, BesideServices beside, IRehearsalProgress progress, TimeProvider time)
{
    private readonly IBalancer _balancer = rig.CreateBalancer(settings);
    private readonly Forecast _forecast = new(settings);
    private readonly SteadyWait _steady = new(beside, time);

    // Chosen once, before any load.
    private IReadOnlyList<RequestTemplate> _templates = settings.Templates;

    /// <exception cref="QuiesceException">The program did not do its part.</exception>
    public async Task<RehearsalRecord> RunAsync(CancellationToken cancellationToken)
    {
        await using IBalancer balancer = _balancer;
        long startedAt = time.GetTimestamp();
        var record = new RehearsalRecord { StartedAt = time.GetUtcNow() };
        var stopper = new InstanceStopper(_balancer, beside, settings.Grace, time);
        IDeployer deployer = CreateDeployer(stopper);

        progress.Step("starting the program", _forecast.Total);
        await deployer.StartFirstAsync(cancellationToken);
        if (_templates.Count == 0)
        {
            _templates = [await starter.FindRequestAsync(deployer.Running[0], cancellationToken)];
            progress.Say($"No --request was given, so every request is {_templates[0].Name}.");
        }

        record = record with { Templates = _templates };
        if (settings.Baselines) { record = await RunBaselinesAsync(record, deployer, cancellationToken); }
        if (record.NoVerdictReason is null)
        {
            record = await RunDeploymentsAsync(record, deployer, cancellationToken);
            record = await new Ending(settings, starter, stopper, beside, progress, time).AddAsync(record, deployer.Running, cancellationToken);
        }

        return record with { Duration = time.GetElapsedTime(startedAt) };
    }

    private IDeployer CreateDeployer(InstanceStopper stopper)
    {
        IDeployer program = settings.Balancer == BalancerKind.None
            ? new InPlaceDeployer(starter, stopper, _balancer, progress, settings.Port, _steady)
            : new RollingDeployer(starter, stopper, _balancer, progress, settings.Instances, _steady);
        return settings.Beside.Count == 0 ? program : new BesideDeployer(program, beside, progress);
    }

    private async Task<RehearsalRecord> RunBaselinesAsync(
        RehearsalRecord record, IDeployer deployer, CancellationToken cancellationToken)
    {
        progress.Step("baseline: load without a stop", _forecast.Baselines + _forecast.Remaining(0));
        Segment noStop = await UnderLoadAsync(0, (_, _, ended) => _steady.WaitAsync(_forecast.NoStop, ended, deployer.Running), cancellationToken);
        record = record with { NoStop = noStop, NoVerdictReason = BaselineRules.ExplainNoStop(noStop) };
        if (record.NoVerdictReason is not null) { return record; }

        progress.Step("baseline: SIGKILL under load", _forecast.Baselines - _forecast.NoStop + _forecast.Remaining(0));
        Segment kill = await UnderLoadAsync(1, async (_, stops, ended) =>
        {
            var order = new DeploymentOrder(0, Signals.Kill, _forecast.BeforeKill, FaultPlan.None);
            stops.Add(await deployer.ReplaceAsync(order, ended));
        }, cancellationToken);
        return record with { Kill = kill, NoVerdictReason = BaselineRules.ExplainKill(kill) };
    }

    private async Task<RehearsalRecord> RunDeploymentsAsync(
        RehearsalRecord record, IDeployer deployer, CancellationToken cancellationToken)
    {
        Segment deployments = await UnderLoadAsync(2, async (load, stops, ended) =>
        {
            var faults = new FaultPlan(settings.Faults, _templates, load);
            int signal = settings.Has(FaultKind.Kill) ? Signals.Kill : (int)settings.Signal;
            for (int number = 1; number <= settings.Deployments; number++)
            {
                long startedAt = time.GetTimestamp();
                progress.Step($"deployment {number} of {settings.Deployments}", _forecast.Remaining(number - 1));
                var order = new DeploymentOrder(number, signal, settings.Steady, faults);
                stops.Add(await deployer.ReplaceAsync(order, ended));
                _forecast.Learn(time.GetElapsedTime(startedAt));
            }
        }, cancellationToken);
        return record with { Deployments = deployments };
    }

    // The act's token also ends when the load fails: what it proves nothing about need not be waited for.
    private async Task<Segment> UnderLoadAsync(
        int stretch, Func<ILoad, List<Stop>, CancellationToken, Task> actAsync, CancellationToken cancellationToken)
    {
        var stops = new List<Stop>();
        long startedAt = time.GetTimestamp();
        int seed = unchecked((settings.Seed * 4) + stretch) & int.MaxValue;
        var options = new LoadOptions(settings.Rate, settings.FreshShare, settings.RequestTimeout, _templates, seed)
        {
            MinimumConnections = settings.Connections,
            NetworkDelay = settings.NetworkDelay,
        };
        await using ILoad load = rig.StartLoad(options, _balancer);
        progress.Watch(load);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            Task act = actAsync(load, stops, ended.Token);
            if (await Task.WhenAny(act, load.Failed) == load.Failed) { await ended.CancelAsync(); }
            await act;
            await load.StopAsync().WaitAsync(cancellationToken);
        }
        catch
        {
            // Disposing the load waits for what was sent. Without a program that ends at once, and the message need not wait either.
            await starter.EndAllAsync();
            if (load.Failed.IsCompletedSuccessfully) { throw await load.Failed; }
            throw;
        }

        return new Segment(startedAt, load.Records, stops, load.Lateness);
    }
}
