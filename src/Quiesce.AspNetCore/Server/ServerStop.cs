using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Quiesce.AspNetCore.Requests;

namespace Quiesce.AspNetCore.Server;

/// <summary>Stops the server inside a share of its own, so that the hosted services behind it get theirs.</summary>
/// <remarks>
/// Begun in <c>ApplicationStopping</c>, which the host's own stop waits for: the server's first stop decides about the token, the host's
/// later call only joins it. Long-lived requests have just been told by <c>ApplicationStopping</c>; those that are still there after half of the
/// share are told by <c>RequestAborted</c>, and the server resets what is left at its end.
/// </remarks>
internal sealed class ServerStop(IServiceProvider services, Deadline deadline)
{
    /// <summary>Kestrel waits up to a second for connections that it has reset (KestrelServerImpl, .NET 10).</summary>
    private static readonly TimeSpan _resetWait = TimeSpan.FromSeconds(1);

    private readonly ShutdownCoordinator _coordinator = services.GetRequiredService<ShutdownCoordinator>();
    private readonly RequestTracker _requests = services.GetRequiredService<RequestTracker>();

    public void Begin()
    {
        if (services.GetService<IServer>() is { } server) { _ = StopAsync(server); }
    }

    private async Task StopAsync(IServer server)
    {
        TimeSpan share = Share();
        var end = new CancellationTokenSource(share, deadline.Time);
        Task stopping = server.StopAsync(end.Token);
        Task longLived = _requests.Requests.LongLivedDrained;
        await Task.WhenAny(longLived, Task.Delay(share / 2, deadline.Time));
        if (!longLived.IsCompleted) { _coordinator.Abort(); }

        // The host's own stop waits for the same task and reports its error.
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    /// <summary>Half of what remains for everything, less the wait after a reset; nothing where requests already ignored their cancellation.</summary>
    private TimeSpan Share()
    {
        TimeSpan half = deadline.Until(deadline.Budget.End) / 2;
        return !_requests.Requests.Drained.IsCompleted ? TimeSpan.Zero : half > _resetWait * 2 ? half - _resetWait : half / 2;
    }
}
