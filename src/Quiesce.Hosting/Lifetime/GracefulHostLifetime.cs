using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quiesce.Hosting.Registration;

namespace Quiesce.Hosting.Lifetime;

/// <summary>The host's lifetime: the one place that hears of a signal before anything in the host stops.</summary>
/// <remarks>
/// On a signal the host stays whole while work drains (Kestrel's timers, background services); only then is it told to stop,
/// by <see cref="HostParticipant"/>. When somebody else stops the host, the phases run beside its own stop, and the process
/// is left alone. <see cref="StopAsync"/> is the last thing a host does before it is disposed: it waits for Release, so
/// that nothing a hook releases is disposed under it.
/// </remarks>
internal sealed partial class GracefulHostLifetime(IServiceProvider services, IHostLifetime? inner) : IHostLifetime, IDisposable
{
    private readonly ShutdownCoordinator _coordinator = services.GetRequiredService<ShutdownCoordinator>();
    private readonly ProcessShutdown _process = services.GetRequiredService<ProcessShutdown>();
    private readonly IHostApplicationLifetime _application = services.GetRequiredService<IHostApplicationLifetime>();
    private readonly HostParticipant _host = services.GetRequiredService<HostParticipant>();

    /// <summary>Says why this host leaves the process alone, or <see langword="null"/>.</summary>
    public string? WhyPassive() =>
        services.GetServices<IPassiveReason>().Select(static reason => reason.WhyPassive()).FirstOrDefault(static why => why is not null);

    /// <remarks>
    /// The other lifetime comes first: handlers of a signal run latest first, so ours hears it before that one asks for a stop.
    /// Attaching comes before the check, which creates every hosted service and may take long: a signal meanwhile is remembered.
    /// </remarks>
    public async Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        if (inner is not null) { await inner.WaitForStartAsync(cancellationToken).ConfigureAwait(false); }

        string? whyPassive = _process.HasStandIn ? null : WhyPassive();
        if (whyPassive is null) { _process.Attach(); }

        services.GetRequiredService<StartupCheck>().Run();
        _application.ApplicationStarted.Register(() => OnStarted(whyPassive));
        _application.ApplicationStopping.Register(() => _process.OnStoppedByOthers("the host was stopped"));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // The host calls this last, with the token that its services had: cancelled means that one of them was given up.
        _host.OnHostStopped(inTime: !cancellationToken.IsCancellationRequested);

        // Not bounded by the token: the coordinator bounds itself, and the token may have expired with the host's own stop.
        if (_coordinator.Phase != ShutdownPhase.Running) { await _coordinator.Completion.ConfigureAwait(false); }

        if (inner is not null) { await inner.StopAsync(cancellationToken).ConfigureAwait(false); }
    }

    public void Dispose()
    {
        _process.Detach();
        (inner as IDisposable)?.Dispose();
    }

    private void OnStarted(string? whyPassive)
    {
        _process.Started();
        ILogger logger = ShutdownServices.Logger(services);
        if (whyPassive is not null)
        {
            Log.Passive(logger, whyPassive);
            return;
        }

        ShutdownBudget budget = _coordinator.Budget;
        IHostEnvironment environment = services.GetRequiredService<IHostEnvironment>();
        Log.Ready(logger, environment.EnvironmentName, environment.ContentRootPath);
        if (budget.Announce > TimeSpan.Zero && _coordinator.Participants.Snapshot().Any(static participant => participant is IAnnouncer))
        {
            Log.PlanWithAnnounce(logger, budget.Grace.TotalSeconds, budget.Announce.TotalSeconds, budget.Cut.TotalSeconds, budget.End.TotalSeconds);
        }
        else { Log.Plan(logger, budget.Grace.TotalSeconds, budget.Cut.TotalSeconds, budget.End.TotalSeconds); }
    }
}
