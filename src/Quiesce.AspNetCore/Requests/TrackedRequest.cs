using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Quiesce.AspNetCore.Requests;

/// <summary>One request in flight: its unit of work, its name, and a <c>RequestAborted</c> that includes ours.</summary>
/// <remarks>
/// Pooled; used by one request at a time, from before the first middleware until its response is complete. Only
/// <see cref="Kind"/> may be asked by another thread.
/// </remarks>
internal sealed class TrackedRequest : IWorkDescription, IHttpRequestLifetimeFeature
{
    private HttpContext? _context;
    private IHttpRequestLifetimeFeature? _server;
    private CancellationToken _aborting;

    // RequestAborted, made when somebody asks for it: most requests never do.
    private CancellationTokenSource? _aborted;
    private CancellationTokenRegistration _byServer;
    private CancellationTokenRegistration _byUs;
    private CancellationToken? _replaced;

    public WorkLease Lease { get; private set; }

    /// <summary>Gets method and route pattern, never the path: paths hold identifiers.</summary>
    public string Kind
    {
        get
        {
            // Another thread's request: it may end, and its context be reused, while we look. The tracker drops what it read then.
            try
            {
                HttpContext? context = Volatile.Read(ref _context);
                if (context is null) { return "request"; }

                string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
                return $"{context.Request.Method} {route}";
            }
            catch (Exception)
            {
                return "request";
            }
        }
    }

    public CancellationToken RequestAborted
    {
        get => _replaced ?? (_aborted ??= Link()).Token;
        set => _replaced = value;
    }

    /// <summary>Takes over the request and its unit of work; <see cref="End"/> ends both.</summary>
    public void Begin(HttpContext context, WorkLease lease, CancellationToken aborting)
    {
        Lease = lease;
        _server = context.Features.Get<IHttpRequestLifetimeFeature>();
        _aborting = aborting;
        Volatile.Write(ref _context, context);
        context.Features.Set<IHttpRequestLifetimeFeature>(this);
        context.Features.Set(this);
    }

    public void Abort() => _server?.Abort();

    public void End()
    {
        WorkLease lease = Lease;
        Lease = default;
        _ = _byServer.Unregister();
        _ = _byUs.Unregister();
        (_aborted, _replaced, _server) = (null, null, null);
        Volatile.Write(ref _context, null);
        lease.Dispose();
    }

    private CancellationTokenSource Link()
    {
        // Not a linked source: that one would have to be disposed, and code that outlives its request may still register with the token.
        var source = new CancellationTokenSource();
        _byServer = _server?.RequestAborted.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), source) ?? default;
        _byUs = _aborting.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), source);
        return source;
    }
}
