using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Quiesce.Hosting.Lifetime;

/// <summary>The host with all its hosted services, as one participant: released first, because those services may use everything.</summary>
internal sealed class HostParticipant(
    IHostApplicationLifetime application, IOptions<HostOptions> options, ShutdownCoordinator coordinator) : IPartialParticipant
{
    public const string ParticipantName = "host";

    private readonly TaskCompletionSource<bool> _stoppedInTime = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => ParticipantName;

    public IReadOnlyCollection<string> Uses { get; } = [ParticipantUses.Everything];

    public bool Has(ShutdownPhase phase) => phase == ShutdownPhase.Release;

    /// <summary>Tells the host to stop and waits until it has. A host that hangs is left behind at this step's limit.</summary>
    /// <exception cref="TimeoutException">A hosted service was still at work when the host gave it up. The host itself says nothing then.</exception>
    public async Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        // Nothing gets a fresh timeout. The host reads the value when its stop begins, so it must be set first.
        if (!application.ApplicationStopping.IsCancellationRequested) { options.Value.ShutdownTimeout = context.Remaining; }

        // Work that ignored its cancellation will hold its server's stop for all of that time, and the server stops first: side by
        // side the other services get the time too, one after another they would get none.
        if (coordinator.Aborting.IsCancellationRequested) { options.Value.ServicesStopConcurrently = true; }

        application.StopApplication();
        if (!await _stoppedInTime.Task.ConfigureAwait(false))
        {
            string limit = options.Value.ShutdownTimeout.TotalSeconds.ToString("0.0##", CultureInfo.InvariantCulture);
            throw new TimeoutException($"a hosted service had not stopped after {limit} s and was left behind");
        }
    }

    /// <summary>The host has stopped its hosted services, or given them up.</summary>
    public void OnHostStopped(bool inTime) => _stoppedInTime.TrySetResult(inTime);
}
