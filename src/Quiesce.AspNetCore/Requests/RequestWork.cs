using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Quiesce.AspNetCore.Requests;

namespace Quiesce;

/// <summary>Work that a request begins and does not wait for. Take it as a parameter of a minimal API handler.</summary>
/// <remarks>The shutdown waits for such work as it waits for the request. Thread-safe.</remarks>
public sealed class RequestWork
{
    private readonly ShutdownCoordinator _coordinator;
    private readonly WorkLease _request;

    private RequestWork(ShutdownCoordinator coordinator, WorkLease request)
    {
        _coordinator = coordinator;
        _request = request;
    }

    /// <summary>Binds the parameter of a minimal API handler; called by ASP.NET Core.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The request's work.</returns>
    /// <exception cref="InvalidOperationException">The application's builder did not have <c>AddGracefulShutdown</c>.</exception>
    public static ValueTask<RequestWork?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ShutdownCoordinator coordinator = context.RequestServices.GetService<ShutdownCoordinator>()
            ?? throw new InvalidOperationException("RequestWork needs AddGracefulShutdown on the application's builder.");
        WorkLease request = TrackedRequest.Of(context)?.Lease ?? default;
        return ValueTask.FromResult<RequestWork?>(new RequestWork(coordinator, request));
    }

    /// <summary>Starts work that may outlive the request.</summary>
    /// <param name="kind">What it is, for people: "confirmation e-mail". No identifiers, no payload: it appears in reports.</param>
    /// <param name="work">The work. Its token is cancelled at the drain's deadline. An exception it throws is logged.</param>
    /// <returns><see langword="true"/>: it runs. <see langword="false"/>: the request has ended and the service is leaving; nothing was started.</returns>
    public bool TryRun(string kind, Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        CancellationToken aborting = _coordinator.Aborting;
        return BackgroundWork.TryStart(_coordinator, kind, _request, () => work(aborting), aborting);
    }
}
