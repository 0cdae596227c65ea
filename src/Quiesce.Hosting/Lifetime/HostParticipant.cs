using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Quiesce.Hosting.Lifetime;

/// <summary>The host with all its hosted services, as one participant: released first, because those services may use everything.</summary>
internal sealed class HostParticipant(
    IHostApplicationLifetime application, IOptions<HostOptions> options, ShutdownCoordinator coordinator) : IShutdownParticipant
{
    public const string ParticipantName = "host";

    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => ParticipantName;

    public IReadOnlyCollection<string> Uses { get; } = [ParticipantUses.Everything];

    /// <summary>Tells the host to stop and waits until it has. A host that hangs is left behind at this step's limit.</summary>
    public Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        // Nothing gets a fresh timeout. The host reads the value when its stop begins, so it must be set first.
        if (!application.ApplicationStopping.IsCancellationRequested) { options.Value.ShutdownTimeout = context.Remaining; }

        // Work that ignored its cancellation will hold its server's stop for all of that time, and the server stops first: side by
        // side the other services get the time too, one after another they would get none.
        if (coordinator.Aborting.IsCancellationRequested) { options.Value.ServicesStopConcurrently = true; }

        application.StopApplication();
        return _stopped.Task;
    }

    /// <summary>Every hosted service was stopped.</summary>
    public void OnHostStopped() => _stopped.TrySetResult();
}
