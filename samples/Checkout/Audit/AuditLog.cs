using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Checkout.Data;
using Checkout.Orders;
using Microsoft.Extensions.Options;

namespace Checkout.Audit;

/// <summary>Who paid what, when: one line per order, buffered and written together.</summary>
/// <remarks>Safe from any thread. A line is in memory until the next flush, so a stop must flush: nobody else knows of it.</remarks>
internal sealed partial class AuditLog : IAuditTrail, IHostedService, IAsyncDisposable
{
    private readonly AppendFile _file;
    private readonly int _bufferLimitBytes;
    private readonly ITimer _timer;
    private readonly ILogger<AuditLog> _logger;

    // Held while appending too, which is a copy into the kernel's cache: lines stay in order, and in memory if it fails.
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public AuditLog(DataFolder folder, IOptions<AuditOptions> options, TimeProvider time, ILogger<AuditLog> logger)
    {
        (_bufferLimitBytes, _logger) = (options.Value.BufferLimitBytes, logger);
        _file = AppendFile.Open(folder.Audit);
        TimeSpan interval = options.Value.FlushInterval;
        _timer = time.CreateTimer(static log => ((AuditLog)log!).FlushOnTimer(), this, interval, interval);
    }

    public void Write(Order order)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{order.PlacedAt:O}\t{order.Id}\tpaid\t{order.PaymentId}\n");
        lock (_lock)
        {
            Encoding.UTF8.GetBytes(line, _buffer);
            if (_buffer.WrittenCount >= _bufferLimitBytes) { FlushLocked(); }
        }
    }

    /// <summary>Writes what is buffered. Safe from any thread, as often as one likes; lines written later need another flush.</summary>
    /// <exception cref="IOException">The disk is full or failing; the lines are still buffered.</exception>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock) { FlushLocked(); }
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Even when the host's time is up: it takes a millisecond, and dropping the lines would save nothing.
    public Task StopAsync(CancellationToken cancellationToken) => FlushAsync(CancellationToken.None);

    /// <summary>Flushes what a late request has added since the stop, and closes the file. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync(); // waits for a flush that is running
        lock (_lock)
        {
            FlushLocked();
            _file.Dispose();
        }
    }

    private void FlushOnTimer()
    {
        try
        {
            lock (_lock) { FlushLocked(); }
        }
        catch (IOException exception)
        {
            LogFlushFailed(exception); // thrown on from a timer, it would end the process
        }
    }

    private void FlushLocked()
    {
        Debug.Assert(_lock.IsHeldByCurrentThread);
        _file.Append(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
