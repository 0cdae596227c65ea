namespace Quiesce.AspNetCore.Tests.Support;

/// <summary>A stream to a slow client: while it is held, nobody's write ends.</summary>
internal sealed class HeldStream : MemoryStream
{
    private volatile TaskCompletionSource? _held;

    public void Hold() => _held = Completion.New();

    public void Release() => _held?.SetResult();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_held is { } held) { await held.Task; }

        Write(buffer.Span);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
