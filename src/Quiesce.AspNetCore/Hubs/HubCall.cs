using Microsoft.AspNetCore.SignalR;
using Quiesce.AspNetCore.Requests;

namespace Quiesce.AspNetCore.Hubs;

/// <summary>One call of a hub's method: a unit of work until the method has returned, and open until its answer is written.</summary>
/// <remarks>A service of the call's scope, whose disposal SignalR begins when the answer is written. Used by the call's own flow.</remarks>
internal sealed class HubCall(RequestTracker requests) : IDisposable, IAsyncDisposable
{
    /// <summary>SignalR disposes the scope of a call that streams, and writes that the stream has ended right after it, within microseconds. It tells nobody
    /// when it has: hence so much more, for a machine that is busy, and by the system's clock.</summary>
    private static readonly TimeSpan _endOfStream = TimeSpan.FromMilliseconds(250);

    private TrackedHub? _hub;
    private WorkLease _lease;
    private bool _streams;

    /// <summary>Returns <see langword="false"/>: the method must not be called, its connection is being closed.</summary>
    public bool TryBegin(HubInvocationContext invocation)
    {
        (string kind, _streams) = HubMethod.Of(invocation);
        TrackedHub? hub = invocation.Context.Features.Get<TrackedHub>();
        if (hub is not null && !hub.TryBeginCall()) { return false; }

        _hub = hub;
        if (requests.Requests.TryBegin(kind, out _lease)) { return true; }

        hub?.OnReturned();
        return false;
    }

    /// <summary>The method has returned or thrown: what is left is to say so, or to stream what it returned.</summary>
    public void OnReturned()
    {
        _hub?.OnReturned();
        _lease.MarkLongLived();
    }

    /// <summary>The scope ends: the answer is written.</summary>
    public ValueTask DisposeAsync()
    {
        if (_streams) { _ = EndStreamAsync(); }
        else { Dispose(); }

        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        _lease.Dispose();
        _hub?.OnEnded();
        _hub = null;
    }

    /// <summary>A close message that overtook the end of a stream would make the client take a whole stream for a broken one.</summary>
    private async Task EndStreamAsync()
    {
        _lease.Dispose();
        await Task.Delay(_endOfStream, TimeProvider.System);
        Dispose();
    }
}
