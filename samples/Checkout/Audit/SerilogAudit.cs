using System.Globalization;
using Checkout.Data;
using Checkout.Orders;
using Serilog;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Formatting.Display;
using Serilog.Sinks.Async;

namespace Checkout.Audit;

/// <summary>The audit trail of the workers: a Serilog logger with a file behind a queue of its own.</summary>
/// <remarks>Safe from any thread. A line is in that queue until Serilog's thread has written it; only closing the logger waits for that.</remarks>
internal sealed class SerilogAudit : IAuditTrail, IDisposable
{
    // Beyond that, payments wait with their lines: the default would drop them. 10,000 is Serilog's own length.
    private const int QueueLimit = 10_000;

    private readonly Logger _logger;

    /// <param name="folder">Where the file is.</param>
    /// <param name="monitor">Is told how long the queue is, if anybody wants to know.</param>
    public SerilogAudit(DataFolder folder, IAsyncLogEventSinkMonitor? monitor = null)
    {
        SelfLog.Enable(Console.Error); // a sink that fails says so there, and nowhere else
        MessageTemplateTextFormatter lines = new("{Message:lj}{NewLine}", CultureInfo.InvariantCulture);
        AppendFile file = AppendFile.Open(folder.Audit);
        _logger = new LoggerConfiguration()
            .WriteTo.Async(sinks => sinks.Sink(new AppendFileSink(file, lines)), QueueLimit, blockWhenFull: true, monitor)
            .CreateLogger();
    }

    /// <summary>Gets the logger, for whoever closes it.</summary>
    public Serilog.ILogger Logger => _logger;

    public void Write(Order order) =>
        _logger.Information("{PlacedAt:O}\t{OrderId}\tpaid\t{PaymentId}", order.PlacedAt, order.Id, order.PaymentId);

    /// <summary>Writes what waits, and closes the file. A second call does nothing; lines that come later are lost.</summary>
    public void Dispose() => _logger.Dispose();
}
