using System.Buffers;
using System.Net.Sockets;

namespace Quiesce.Cli.Rehearse.Wire;

/// <summary>Bytes received and not yet read, in a pooled array that grows up to the limit of a head.</summary>
/// <param name="pauseAsync">Awaited before each receive, by clients that read slowly on purpose; <see langword="null"/> for all others.</param>
/// <remarks>Not thread-safe. Dispose it only when no receive is pending: the array goes back to the pool.</remarks>
internal sealed class ReceiveBuffer(Func<ValueTask>? pauseAsync = null) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(WireDefaults.ReceiveBufferBytes);

    // Invariant: 0 <= _start <= _end <= _bytes.Length; what was received and not read lies between.
    private int _start;
    private int _end;

    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    public bool IsEmpty => _start == _end;

    public void Consume(int count) => _start += count;

    /// <summary>Receives more. Returns the count, 0 at the end of the stream.</summary>
    /// <exception cref="SocketException">The connection failed, usually by a reset.</exception>
    /// <exception cref="MalformedAnswerException">Nothing was read for longer than the limit of a head.</exception>
    public async ValueTask<int> FillAsync(Socket socket, CancellationToken cancellationToken)
    {
        MakeRoom();
        if (pauseAsync is not null) { await pauseAsync(); }
        int received = await socket.ReceiveAsync(_bytes.AsMemory(_end), SocketFlags.None, cancellationToken);
        _end += received;
        return received;
    }

    public void Dispose()
    {
        byte[] bytes = Interlocked.Exchange(ref _bytes, []);
        if (bytes.Length > 0) { ArrayPool<byte>.Shared.Return(bytes); }
    }

    private void MakeRoom()
    {
        if (IsEmpty) { _start = _end = 0; }
        if (_end < _bytes.Length) { return; }
        byte[] target = _start > 0 ? _bytes : RentLarger();
        Unread.CopyTo(target);
        (_start, _end) = (0, _end - _start);
        if (ReferenceEquals(target, _bytes)) { return; }
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = target;
    }

    private byte[] RentLarger()
    {
        if (_bytes.Length >= WireDefaults.HeadLimitBytes)
        {
            throw new MalformedAnswerException($"a line of the head is longer than {WireDefaults.HeadLimitBytes} bytes");
        }

        return ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
    }
}
