using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Quiesce.AspNetCore.Connections;
using Quiesce.AspNetCore.LongLived;

namespace Quiesce.AspNetCore.Requests;

/// <summary>One request in flight: its unit of work, its name, and a <c>RequestAborted</c> that includes ours.</summary>
/// <remarks>
/// Pooled; used by one request at a time, from before the first middleware until its response is complete. Only
/// <see cref="Kind"/> may be asked by another thread.
/// </remarks>
internal sealed class TrackedRequest(RequestTracker tracker) : IWorkDescription, IHttpRequestLifetimeFeature
{
    private HttpContext? _context;
    private IHttpRequestLifetimeFeature? _server;
    private TrackedConnection? _connection; // looked up for those that stay, alone

    // RequestAborted, made when somebody asks for it: most requests never do.
    private CancellationTokenSource? _aborted;
    private CancellationTokenRegistration _byServer;
    private CancellationTokenRegistration _byUs;
    private CancellationTokenRegistration _byFarewell;
    private CancellationToken? _replaced;

    public WorkLease Lease { get; private set; }

    /// <summary>Gets the request, between its beginning and its end.</summary>
    public HttpContext Context => _context!;

    /// <summary>Gets a value indicating whether the client asked for a connection of another kind.</summary>
    public bool AsksToStay { get; private set; }

    /// <summary>Gets what it is besides, if it has no natural end.</summary>
    public LongLivedRequest? LongLived { get; private set; }

    /// <summary>Gets a value indicating whether <see cref="RequestAborted"/> was cancelled by us and not by the client.</summary>
    public bool IsCancelledByUs =>
        (tracker.Aborting.IsCancellationRequested || LongLived?.Stop.IsCancellationRequested == true) && _server?.RequestAborted.IsCancellationRequested != true;

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

    /// <summary>The request's own, or nothing: nobody tracks it. Only its flow may ask.</summary>
    public static TrackedRequest? Of(HttpContext context) => context.Features[typeof(IHttpRequestLifetimeFeature)] as TrackedRequest
        ?? context.RequestServices?.GetService<RequestTracker>()?.Find(context); // a middleware has put a lifetime of its own in front of ours

    /// <summary>Takes over the request and its unit of work; <see cref="End"/> ends both.</summary>
    public void Begin(HttpContext context, WorkLease lease)
    {
        Lease = lease;
        IFeatureCollection features = context.Features;

        // By type, not by type parameter: a generic method of an interface is looked up anew at each call. And one feature, not two: a collection
        // that does not know a type keeps it in a list, which is dearer.
        _server = (IHttpRequestLifetimeFeature?)features[typeof(IHttpRequestLifetimeFeature)];
        features[typeof(IHttpRequestLifetimeFeature)] = this;
        AsksToStay = LongLivedKind.IsUpgrade(context);
        Volatile.Write(ref _context, context);
    }

    public bool Is(HttpContext context) => Volatile.Read(ref _context) == context;

    public void Abort() => _server?.Abort();

    /// <summary>Moves the request out of the drain: it ends when it is told to. Only the request's own flow may call this. Idempotent.</summary>
    public LongLivedRequest BecomeLongLived(HttpContext context)
    {
        if (LongLived is { } already) { return already; }

        LongLivedEnd end = EndOf(context);
        var request = new LongLivedRequest(tracker.LongLived, end);
        LongLived = request;
        if (_aborted is { } aborted) { _byFarewell = Follow(aborted, request.Stop); }

        if (end != LongLivedEnd.Finish) { Lease.MarkLongLived(); }

        _connection = context.Features.Get<TrackedConnection>();
        _connection?.BeginLongLived();

        tracker.LongLived.Add(request);
        return request;
    }

    /// <summary>What the endpoint says about requests of its that have no natural end.</summary>
    public static LongLivedEnd EndOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<LongLivedAttribute>()?.End ?? LongLivedEnd.Goodbye;

    public void End()
    {
        WorkLease lease = Lease;
        if (LongLived is { } longLived) { EndLongLived(longLived); }

        if (_aborted is not null) { Unlink(); }

        (Lease, LongLived, _replaced, _server) = (default, null, null, null);
        Volatile.Write(ref _context, null);
        lease.Dispose();
    }

    private void EndLongLived(LongLivedRequest request)
    {
        request.End();
        _connection?.EndLongLived();

        // Its head could not say "close", and the silent connections may have had their turns: the end right behind the last byte is what its client sees
        // before it sends anything else.
        if (tracker.IsClosed && _connection is { IsHttp2: false } connection) { connection.RequestClose(); }

        _connection = null;
    }

    private CancellationTokenSource Link()
    {
        // Not a linked source: that one would have to be disposed, and code that outlives its request may still register with the token.
        var source = new CancellationTokenSource();
        _byServer = Follow(source, _server?.RequestAborted ?? default);
        _byUs = Follow(source, tracker.Aborting);
        _byFarewell = Follow(source, LongLived?.Stop ?? default);
        return source;
    }

    private void Unlink()
    {
        _ = _byServer.Unregister();
        _ = _byUs.Unregister();
        _ = _byFarewell.Unregister();
        (_aborted, _byServer, _byUs, _byFarewell) = (null, default, default, default);
    }

    private static CancellationTokenRegistration Follow(CancellationTokenSource source, CancellationToken token) =>
        token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), source);
}
