using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quiesce.AspNetCore.Requests;

namespace Quiesce;

/// <summary>Work that a request begins and does not wait for. Take it as a parameter of a minimal API handler.</summary>
/// <remarks>The shutdown waits for such work as it waits for the request. Thread-safe.</remarks>
public sealed partial class RequestWork
{
    private readonly WorkTracker _work;
    private readonly CancellationToken _aborting;
    private readonly WorkLease _request;
    private readonly ILogger _logger;

    private RequestWork(ShutdownCoordinator coordinator, WorkLease request, ILogger logger)
    {
        _work = coordinator.Work;
        _aborting = coordinator.Aborting;
        _request = request;
        _logger = logger;
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
        ILogger logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Quiesce");
        WorkLease request = context.Features.Get<TrackedRequest>()?.Lease ?? default;
        return ValueTask.FromResult<RequestWork?>(new RequestWork(coordinator, request, logger));
    }

    /// <summary>Starts work that may outlive the request.</summary>
    /// <param name="kind">What it is, for people: "confirmation e-mail". No identifiers, no payload: it appears in reports.</param>
    /// <param name="work">The work. Its token is cancelled at the drain's deadline. An exception it throws is logged.</param>
    /// <returns><see langword="true"/>: it runs. <see langword="false"/>: the request has ended and the service is leaving; nothing was started.</returns>
    public bool TryRun(string kind, Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!_work.TryBegin(kind, _request, out WorkLease lease)) { return false; }

        // The request's ambient state (its activity, its user, its culture) belongs to the request and may be reused after it.
        using (ExecutionContext.SuppressFlow()) { _ = Task.Run(() => RunAsync(kind, work, lease)); }

        return true;
    }

    private async Task RunAsync(string kind, Func<CancellationToken, Task> work, WorkLease lease)
    {
        using (lease)
        {
            try { await work(_aborting); }
            catch (OperationCanceledException) when (_aborting.IsCancellationRequested) { return; } // the report names it
            catch (Exception error) { Log.Failed(_logger, error, kind); }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.TrackedWorkFailed, LogLevel.Error, "'{Kind}', begun by a request, failed.")]
        public static partial void Failed(ILogger logger, Exception error, string kind);
    }
}
