using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Quiesce.AspNetCore.Connections;
using Quiesce.AspNetCore.Hubs;
using Quiesce.AspNetCore.LongLived;

namespace Quiesce.AspNetCore.Requests;

/// <summary>Counts every request from before the first middleware until its response is complete.</summary>
/// <remarks>
/// Requests have trackers of their own: after the close, connections that exist are not sources, so their requests are
/// admitted until at one instant none is in flight, and then, by the second tracker, until the silent connections have been closed. Meanwhile the
/// shutdown's other work is held open for their children. Thread-safe.
/// </remarks>
internal sealed class RequestTracker
{
    // Nothing was done, send it again: RFC 9113, 7, and RFC 9114, 8.1.
    private const int RefusedStream = 0x7, RequestRejected = 0x10B;

    /// <summary>Clients begin with stream 1 (RFC 9113, 5.1.1), or somewhat later if they spent the first ones on priorities, as Firefox did.</summary>
    private const int EarlyStreams = 64;

    private static readonly Func<object, Task> _onCompleted = OnCompleted;
    private readonly ShutdownCoordinator _coordinator;
    private readonly IDisposable _children;
    private readonly WorkTracker _late;
    private readonly UsualLength _usualLength = new();
    private readonly Func<object, Task> _onStarting;

    public RequestTracker(ShutdownCoordinator coordinator)
    {
        _coordinator = coordinator;
        _children = coordinator.Work.Hold();
        _onStarting = OnStarting;
        Requests = new WorkTracker(coordinator.Time, Describe);
        coordinator.Watch(Requests);
        _late = new WorkTracker(coordinator.Time, Describe);
        coordinator.Watch(_late);
    }

    public WorkTracker Requests { get; }

    /// <summary>Gets a value indicating whether no request is in flight, long-lived ones excepted, and none is admitted.</summary>
    public bool IsDrained => Requests.Drained.IsCompleted && _late.Drained.IsCompleted;

    /// <summary>Completes once the long-lived ones have ended too.</summary>
    public Task LongLivedDrained => Task.WhenAll(Requests.LongLivedDrained, _late.LongLivedDrained);

    /// <summary>Gets the token that is cancelled at the drain's deadline.</summary>
    public CancellationToken Aborting => _coordinator.Aborting;

    /// <summary>Gets those of them that have no natural end.</summary>
    public LongLivedSet LongLived { get; } = new();

    /// <summary>Gets a value indicating whether the listeners are closed: connections that exist are all that requests can come on.</summary>
    public bool IsClosed => _coordinator.Phase > ShutdownPhase.StopAccepting;

    /// <summary>Begins a request. Returns <see langword="false"/>: it must be refused.</summary>
    public bool TryBegin(HttpContext context)
    {
        bool leaving = _coordinator.Phase != ShutdownPhase.Running;
        if (leaving)
        {
            context.Features.Get<TrackedConnection>()?.HasSpoken = true;
            if (ComesTooLate(context)) { return false; }
        }

        if (!Requests.TryBegin("request", out WorkLease lease, out IWorkDescription? record) && !_late.TryBegin("request", out lease, out record)) { return false; }

        var request = (TrackedRequest)record;
        request.Begin(context, lease);
        if (request.AsksToStay) { LongLivedKind.Follow(context, request); }

        context.Response.OnStarting(_onStarting, request);
        context.Response.OnCompleted(_onCompleted, request);
        if (leaving) { Measure(context, request); }

        if (HttpProtocol.IsHttp2(context.Request.Protocol) && (leaving || IsEarlyStream(context))) { OnStream(context); }

        return true;
    }

    /// <summary>Looks for the record of a request by the request itself.</summary>
    public TrackedRequest? Find(HttpContext context)
    {
        bool IsIt(IWorkDescription record) => ((TrackedRequest)record).Is(context);
        return (TrackedRequest?)(Requests.Find(IsIt) ?? _late.Find(IsIt));
    }

    /// <summary>Completes once no request is in flight, and refuses those that come later.</summary>
    /// <param name="held">Until it completes, requests are admitted although none is in flight.</param>
    /// <param name="closeSilent">Called when none is: requests are admitted until it has closed the connections on which more could come.</param>
    /// <param name="giveUp">The drain's deadline: work no longer waits for the children of requests.</param>
    public async Task DrainAsync(Task held, Func<Task> closeSilent, CancellationToken giveUp)
    {
        using CancellationTokenRegistration registration = giveUp.UnsafeRegister(static hold => ((IDisposable)hold!).Dispose(), _children);
        using (Requests.Hold())
        {
            Requests.CloseOnceEmpty();
            await held.WaitAsync(giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Requests.Drained;
        await closeSilent();
        _late.CloseOnceEmpty();
        await _late.Drained;
        _children.Dispose();
    }

    /// <summary>Answers a request that came too late, whole and retryable. In HTTP/2 and HTTP/3 its client sends it again by itself,
    /// elsewhere (RFC 9113, 8.7; RFC 9114, 4.1.1).</summary>
    public static void RefuseUnseen(HttpContext context)
    {
        string protocol = context.Request.Protocol;
        bool isHttp2 = HttpProtocol.IsHttp2(protocol);
        if ((isHttp2 || HttpProtocol.IsHttp3(protocol)) && context.Features.Get<IHttpResetFeature>() is { } stream) { stream.Reset(isHttp2 ? RefusedStream : RequestRejected); }
        else { Refuse(context); }
    }

    /// <summary>Answers a request that was begun and did not end in time, whole and retryable.</summary>
    public static void Refuse(HttpContext context)
    {
        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        CloseAfterResponse(context);
    }

    /// <summary>The server answers an unhandled exception itself: without OnStarting, and without any header that was set.</summary>
    public void CloseAfterServersAnswer(HttpContext context)
    {
        if (_coordinator.Phase != ShutdownPhase.Running && HttpProtocol.IsHttp11(context.Request.Protocol)) { RequestClose(context); }
    }

    /// <summary>After the deadline, or too little before it; for a stay after the close; or on a connection whose client was told long ago not to.</summary>
    private bool ComesTooLate(HttpContext context) => _coordinator.Aborting.IsCancellationRequested
        || (IsClosed && (LongLivedKind.IsUpgrade(context) || _coordinator.Budget.Cut - _coordinator.SinceSignal < _usualLength.Median))
        || context.Features.Get<TrackedConnection>()?.IgnoresGoAway(_coordinator.Time) == true;

    /// <summary>Called after <see cref="OnCompleted"/> is registered, and so runs before it: the request is still itself.</summary>
    private void Measure(HttpContext context, TrackedRequest request)
    {
        long beganAt = _coordinator.Time.GetTimestamp();
        context.Response.OnCompleted(() =>
        {
            // A probe is shorter, and a hub's poll as long as nobody has anything to say.
            bool tells = request is { LongLived: null, IsCancelledByUs: false } && !HubRequest.Is(context)
                && context.Features.Get<TrackedConnection>() is not { IsProbe: true };
            if (tells) { _usualLength.Add(_coordinator.Time.GetElapsedTime(beganAt)); }

            return Task.CompletedTask;
        });
    }

    /// <summary>Whether it is one of the first on its connection, which thereby turns out to be one of HTTP/2. Looking the connection up is the dearest
    /// part of a request's beginning, so that later ones do not; where a client began later still, its first request since the signal tells.</summary>
    private static bool IsEarlyStream(HttpContext context) => context.Features[typeof(IHttp2StreamIdFeature)] is IHttp2StreamIdFeature { StreamId: < EarlyStreams };

    private void OnStream(HttpContext context)
    {
        if (context.Features[typeof(TrackedConnection)] is not TrackedConnection connection) { return; }

        // Written once: cores whose requests share the connection would else pull its cache line back and forth.
        if (!connection.IsHttp2) { connection.IsHttp2 = true; }

        if (IsClosed) { connection.SendAway(_coordinator.Time); }
    }

    private TrackedRequest Describe() => new TrackedRequest(this);

    /// <summary>Runs last before the headers are written, so that it sees what the application decided.</summary>
    private Task OnStarting(object state)
    {
        var request = (TrackedRequest)state;
        HttpContext context = request.Context;
        if (LongLivedKind.Is(context, request.AsksToStay)) { request.BecomeLongLived(context); }

        // In the same instant as the headers are written, never before: a connection told to close after a response that did not
        // say so could lose the client's next request.
        if (_coordinator.Phase != ShutdownPhase.Running && !HubRequest.Is(context)) { CloseAfterResponse(context); }

        return Task.CompletedTask;
    }

    private static Task OnCompleted(object state)
    {
        ((TrackedRequest)state).End();
        return Task.CompletedTask;
    }

    private static void CloseAfterResponse(HttpContext context)
    {
        bool isUpgrade = context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols;
        if (HttpProtocol.IsHttp11(context.Request.Protocol) && !isUpgrade) { context.Response.Headers.Connection = "close"; }
    }

    private static void RequestClose(HttpContext context) => context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
}
