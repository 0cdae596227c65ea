namespace Quiesce.AspNetCore.Tests.Support;

/// <summary>A stream to a slow client, which holds one write up.</summary>
internal sealed class HeldStream : MemoryStream
{
    private readonly TaskCompletionSource _released = Completion.New();
    private bool _holdsNext;

    public void HoldNext() => _holdsNext = true;

    public void Release() => _released.SetResult();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        bool hold = _holdsNext;
        _holdsNext = false;
        if (hold) { await _released.Task; }

        Write(buffer.Span);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
