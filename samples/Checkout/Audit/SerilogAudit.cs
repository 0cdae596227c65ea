using System.Globalization;
using Checkout.Data;
using Checkout.Orders;
using Serilog;
using Serilog.Core;
using Serilog.Debugging;

namespace Checkout.Audit;

/// <summary>The audit trail of the workers: a Serilog logger with a file behind a queue of its own.</summary>
/// <remarks>Safe from any thread. A line is in that queue until Serilog's thread has written it; only closing the logger waits for that.</remarks>
internal sealed class SerilogAudit : IAuditTrail, IDisposable
{
    // Beyond that, payments wait with their lines: the default would drop them. 10,000 is Serilog's own length.
    private const int QueueLimit = 10_000;

    private readonly Logger _logger;

    public SerilogAudit(DataFolder folder)
    {
        // Serilog goes on without a file that it cannot open, in silence. Opened here first, the start fails instead; later, at least it says so.
        AppendFile.Open(folder.Audit).Dispose();
        SelfLog.Enable(Console.Error);

        // Shared: the old and the new worker of a rolling deployment write to one file.
        _logger = new LoggerConfiguration()
            .WriteTo.Async(
                sinks => sinks.File(
                    folder.Audit, outputTemplate: "{Message:lj}{NewLine}", formatProvider: CultureInfo.InvariantCulture,
                    fileSizeLimitBytes: null, shared: true),
                QueueLimit, blockWhenFull: true)
            .CreateLogger();
    }

    public void Write(Order order) =>
        _logger.Information("{PlacedAt:O}\t{OrderId}\tpaid\t{PaymentId}", order.PlacedAt, order.Id, order.PaymentId);

    /// <summary>Writes what waits, and closes the file. A second call does nothing; lines that come later are lost.</summary>
    public void Dispose() => _logger.Dispose();
}
