using Microsoft.Extensions.Hosting;

namespace Quiesce.Hosting.Lifetime;

/// <summary>What a decorated lifetime is given instead of the host's own: its wish to stop becomes a graceful shutdown.</summary>
internal sealed class StopRequestLifetime(IHostApplicationLifetime application, ProcessShutdown process) : IHostApplicationLifetime
{
    public CancellationToken ApplicationStarted => application.ApplicationStarted;

    public CancellationToken ApplicationStopping => application.ApplicationStopping;

    public CancellationToken ApplicationStopped => application.ApplicationStopped;

    public void StopApplication() => process.Request(new ShutdownReason(ShutdownTrigger.Request, "the service manager"));
}
