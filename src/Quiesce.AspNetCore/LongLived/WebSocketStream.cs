using System.Diagnostics.CodeAnalysis;

namespace Quiesce.AspNetCore.LongLived;

/// <summary>What the server writes to a WebSocket, with a close frame of ours when it leaves: 1001, going away (RFC 6455, 7.4.1).</summary>
/// <remarks>
/// Below the WebSocket and not around it: the middleware that makes it sits inside of us, and whoever accepts it does not matter here. The
/// application notices nothing; it sees the client's answer, as if the client had closed. What it writes after our close frame is dropped, as
/// the protocol demands. Thread-safe as far as a WebSocket is: one writer, one reader, and ourselves.
/// </remarks>
internal sealed class WebSocketStream(Stream inner) : Stream, IFarewell
{
    private static readonly byte[] _goingAway = [0x88, 2, 1001 >> 8, 1001 & 0xFF]; // the last frame, close, two bytes

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by _lock.
    private FrameBoundary _boundary;
    private bool _writing;
    private bool _wanted;
    private bool _closed; // by our frame, or nobody knows any more where a frame begins

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends our close frame: now, or by the hand of whoever is writing, at the next boundary of frames.</summary>
    public Task SayAsync()
    {
        lock (_lock)
        {
            if (_closed || _boundary.HasClosed) { return Task.CompletedTask; }

            _wanted = true;
            if (_writing || !_boundary.IsHere) { return _said.Task; }

            _closed = true;
        }

        return SendAsync();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        TryEnter() ? WriteAndLeaveAsync(buffer, cancellationToken) : new ValueTask(WhenSaidAsync(cancellationToken));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    [SuppressMessage("Performance", "CA1849", Justification = "The caller asked for it; Kestrel refuses it unless the application allowed it.")]
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (!TryEnter()) { return; }

        try { inner.Write(buffer, offset, count); }
        catch
        {
            Break();
            throw;
        }

        if (Leave(buffer.AsSpan(offset, count))) { _ = SendAsync(); }
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (!TryEnter())
        {
            await WhenSaidAsync(cancellationToken);
            return;
        }

        try { await inner.FlushAsync(cancellationToken); }
        finally
        {
            if (Leave([])) { await SendAsync(); }
        }
    }

    public override void Flush() => inner.Flush();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        Break();
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        Break();
        if (disposing) { inner.Dispose(); }

        base.Dispose(disposing);
    }

    private async ValueTask WriteAndLeaveAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        try { await inner.WriteAsync(buffer, cancellationToken); }
        catch
        {
            Break();
            throw;
        }

        if (Leave(buffer.Span)) { await SendAsync(); }
    }

    // What is dropped in favour of our close frame must not return before the frame is out: an application whose client closes at this very moment answers,
    // leaves, and the connection ends with it. The client would see neither close.
    private Task WhenSaidAsync(CancellationToken cancellationToken) => _said.Task.WaitAsync(cancellationToken);

    private bool TryEnter()
    {
        lock (_lock)
        {
            _writing = !_closed;
            return _writing;
        }
    }

    /// <summary>Returns whether the caller must send our close frame: it was wanted while the caller wrote.</summary>
    private bool Leave(ReadOnlySpan<byte> written)
    {
        lock (_lock)
        {
            _writing = false;
            _boundary.Pass(written);
            bool send = _wanted && !_closed && _boundary is { IsHere: true, HasClosed: false };
            _closed |= send;
            return send;
        }
    }

    private void Break()
    {
        lock (_lock)
        {
            _writing = false;
            _closed = true;
        }

        _said.TrySetResult();
    }

    private async Task SendAsync()
    {
        try
        {
            await inner.WriteAsync(_goingAway);
            await inner.FlushAsync();
        }
        catch (Exception)
        {
            // The connection is gone, and with it whoever would have heard it.
        }

        _said.TrySetResult();
    }
}
