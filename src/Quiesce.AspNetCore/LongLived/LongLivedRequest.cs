using System.Diagnostics.CodeAnalysis;

namespace Quiesce.AspNetCore.LongLived;

/// <summary>One request without a natural end, and the ways to end it: a token, the words of its protocol, and <c>RequestAborted</c>.</summary>
/// <remarks>Made by the request's own flow; told by another one. Thread-safe. Both tokens live on after the request: others may hold them.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "Whoever holds a token may still look at it; neither source has a timer.")]
internal sealed class LongLivedRequest(LongLivedSet set, LongLivedEnd end)
{
    private readonly CancellationTokenSource _goodbye = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private IFarewell? _farewell;
    private bool _asked;
    private bool _told;
    private bool _mustSay;

    /// <summary>Gets the token that <c>RequestAborted</c> includes.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Gets a value indicating whether work is in flight on it that would be lost with it: the drain's deadline ends that, no other limit.</summary>
    public bool IsBusy
    {
        get { lock (_lock) { return _farewell is { IsBusy: true }; } }
    }

    /// <summary>Returns the token that is cancelled when it is this request's turn. Whoever asks ends the request by itself.</summary>
    public CancellationToken AskForGoodbye()
    {
        lock (_lock) { _asked = true; }
        return _goodbye.Token;
    }

    /// <summary>Gives the request words of its own; later ones replace earlier ones.</summary>
    public void Speaks(IFarewell farewell)
    {
        bool now;
        lock (_lock)
        {
            _farewell = farewell;
            now = _mustSay;
        }

        if (now) { _ = farewell.SayAsync(); }
    }

    /// <summary>It is this request's turn. Idempotent.</summary>
    public void SayGoodbye()
    {
        bool endsByItself;
        lock (_lock)
        {
            if (_told) { return; }

            _told = true;
            endsByItself = _asked && _farewell is not { WaitsForWork: true } && end != LongLivedEnd.Cancel;
        }

        // Callbacks of both tokens are foreign code: never on the thread that goes from one request to the next.
        Cancel(_goodbye);
        if (!endsByItself) { Say(static farewell => farewell.SayAsync()); }
    }

    /// <summary>The request had its time to end by itself. A WebSocket's client is told in its protocol, anything else by <c>RequestAborted</c>.</summary>
    public void Insist() => Say(static farewell => farewell.InsistAsync());

    /// <summary>Cancels the request's <c>RequestAborted</c>.</summary>
    public void StopNow() => Cancel(_stop);

    /// <summary>The request has ended.</summary>
    public void End() => set.Remove(this);

    private void Say(Func<IFarewell, Task> say)
    {
        IFarewell? farewell;
        lock (_lock)
        {
            _mustSay = true;
            farewell = _farewell;
        }

        if (farewell is null) { StopNow(); }
        else { _ = SayAsync(say(farewell)); }
    }

    private async Task SayAsync(Task saying)
    {
        await saying;
        if (end == LongLivedEnd.Cancel) { StopNow(); }
    }

    private static void Cancel(CancellationTokenSource source) => _ = source.CancelAsync().ContinueWith(
        static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
