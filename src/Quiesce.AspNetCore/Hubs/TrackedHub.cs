using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Quiesce.AspNetCore.LongLived;

namespace Quiesce.AspNetCore.Hubs;

/// <summary>One connection of SignalR's: the calls on it, and its good-bye, which is SignalR's own close message with reconnect allowed.</summary>
/// <remarks>
/// SignalR drops every answer that comes after that message. So it is said when no call is open; of those that come later none is begun. Streams are
/// waited for until <see cref="InsistAsync"/>, methods that run are waited for without a limit of this one's. Thread-safe.
/// </remarks>
internal sealed class TrackedHub(HubCallerContext connection) : IFarewell
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by _lock.
    private int _running; // calls whose method has not returned
    private int _open; // those, and those whose answer or stream is still being written
    private bool _wanted;
    private bool _insisted;
    private bool _closed;
    private LongLivedRequest? _request;
    private bool _requestIsOwn;

    public bool WaitsForWork => true;

    public bool IsBusy
    {
        get { lock (_lock) { return _running > 0; } }
    }

    /// <summary>Returns <see langword="true"/>: the caller MUST call <see cref="OnReturned"/> and then <see cref="OnEnded"/>, once each.
    /// Returns <see langword="false"/>: the caller MUST NOT begin the call, its answer would be lost.</summary>
    public bool TryBeginCall()
    {
        lock (_lock)
        {
            if (_closed) { return false; }

            _running++;
            _open++;
            return true;
        }
    }

    public void OnReturned()
    {
        lock (_lock) { _running--; }
    }

    public void OnEnded() => CloseIf(static hub => hub._open--);

    public Task SayAsync()
    {
        CloseIf(static hub => hub._wanted = true);
        return _said.Task;
    }

    public Task InsistAsync()
    {
        CloseIf(static hub => hub._wanted = hub._insisted = true);
        return _said.Task;
    }

    /// <summary>Returns the token that is cancelled at the connection's turn; none if it has no turn.</summary>
    public CancellationToken GoodbyeToken()
    {
        LongLivedRequest? request;
        lock (_lock) { request = _request; }
        return request?.AskForGoodbye() ?? CancellationToken.None;
    }

    /// <summary>Gives the connection its turn.</summary>
    /// <param name="request">Whose turn it is.</param>
    /// <param name="isOwn">Whether it ends when SignalR says that the connection has, because no request of HTTP's lasts as long.</param>
    public void Join(LongLivedRequest request, bool isOwn)
    {
        lock (_lock) { (_request, _requestIsOwn) = (request, isOwn); }

        request.Speaks(this);
    }

    /// <summary>Nothing can be said any more.</summary>
    public void OnDisconnected()
    {
        LongLivedRequest? ended;
        lock (_lock)
        {
            _closed = true;
            ended = _requestIsOwn ? _request : null;
        }

        _said.TrySetResult();
        ended?.End();
    }

    private void CloseIf(Action<TrackedHub> change)
    {
        lock (_lock)
        {
            change(this);
            bool mayClose = _open == 0 || (_insisted && _running == 0);
            if (!_wanted || _closed || !mayClose) { return; }

            _closed = true;
        }

        try { connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose(); }
        catch (Exception)
        {
            // The connection is gone, and with it whoever would have heard it.
        }

        _said.TrySetResult();
    }
}
