using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Quiesce.AspNetCore.LongLived;
using Quiesce.AspNetCore.Requests;

namespace Quiesce.AspNetCore.Server;

/// <summary>Stops the server inside a share of its own, so that the hosted services behind it get theirs.</summary>
/// <remarks>
/// Begun in <c>ApplicationStopping</c>, which the host's own stop waits for: the server's first stop decides about the token, the host's
/// later call only joins it. Long-lived requests that are still there when their farewell is over are told once more, with whatever
/// else is left, and the server resets what remains at the end of its share.
/// </remarks>
internal sealed class ServerStop(IServiceProvider services, Deadline deadline, Task farewell)
{
    private readonly ShutdownCoordinator _coordinator = services.GetRequiredService<ShutdownCoordinator>();
    private readonly RequestTracker _requests = services.GetRequiredService<RequestTracker>();

    public void Begin()
    {
        if (services.GetService<IServer>() is { } server) { _ = StopAsync(server); }
    }

    private async Task StopAsync(IServer server)
    {
        var end = new CancellationTokenSource(Share(), deadline.Time);
        Task stopping = server.StopAsync(end.Token);
        Task longLived = _requests.LongLivedDrained;
        await Task.WhenAny(longLived, farewell);
        if (!longLived.IsCompleted) { _coordinator.Abort(); }

        // The host's own stop waits for the same task and reports its error.
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    /// <summary>Nothing where requests already ignored their cancellation.</summary>
    private TimeSpan Share() => _requests.IsDrained
        ? LongLivedDefaults.ServerShareOf(deadline.Until(deadline.Budget.End))
        : TimeSpan.Zero;
}
