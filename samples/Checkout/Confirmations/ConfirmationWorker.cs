using System.Text;
using System.Threading.Channels;
using Checkout.Data;
using Microsoft.Extensions.Options;

namespace Checkout.Confirmations;

/// <summary>Appends the confirmation of each order to the outbox, in batches, behind the requests' back.</summary>
/// <remarks>
/// The queue is in memory on purpose: it is what a careless shutdown loses. A shop that must survive a crash as well
/// writes the confirmation in the order's own transaction (a transactional outbox).
/// </remarks>
internal sealed partial class ConfirmationWorker : BackgroundService
{
    private readonly Channel<string> _queue;
    private readonly AppendFile _outbox;
    private readonly TimeSpan _batchWindow;
    private readonly TimeProvider _time;
    private readonly ILogger<ConfirmationWorker> _logger;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConfirmationWorker(
        DataFolder folder, IOptions<ConfirmationOptions> options, TimeProvider time, ILogger<ConfirmationWorker> logger)
    {
        _queue = Channel.CreateBounded<string>(new BoundedChannelOptions(options.Value.QueueLimit) { SingleReader = true });
        _outbox = AppendFile.Open(folder.Confirmations);
        (_batchWindow, _time, _logger) = (options.Value.BatchWindow, time, logger);
    }

    /// <summary>How many confirmations wait in the queue.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Queues a confirmation. It takes no token: the order is committed, so its confirmation must come.</summary>
    /// <exception cref="ChannelClosedException">The drain has begun; see <see cref="DrainAsync"/>.</exception>
    public ValueTask EnqueueAsync(string orderId) => _queue.Writer.WriteAsync(orderId, CancellationToken.None);

    /// <summary>Closes the queue and waits until it is written, all of it.</summary>
    /// <remarks>Call it once nobody enqueues any more. Safe from any thread; further calls wait for the same end.</remarks>
    /// <exception cref="OperationCanceledException">The token fired first. The worker goes on as long as the process lives.</exception>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        _closed.TrySetResult();
        return (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
    }

    /// <summary>Drains. Not the base's way to stop, which cancels a token that this worker does not obey.</summary>
    /// <remarks>Cancelled soon after the start, that token would even keep the worker from running at all: dotnet/runtime#131249.</remarks>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await DrainAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Thrown on, it would end the process with SIGABRT and keep other services from the rest of their stop.
            LogAbandoned(Waiting);
        }
    }

    /// <summary>Runs until the queue is closed and empty, not until the token fires: what is queued was promised.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using (_outbox)
        {
            StringBuilder batch = new();
            while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
            {
                await BatchWindowAsync();
                while (_queue.Reader.TryRead(out string? orderId)) { batch.Append(orderId).Append('\n'); }
                _outbox.Append(Encoding.UTF8.GetBytes(batch.ToString()));
                batch.Clear();
            }
        }
    }

    /// <summary>Lets a batch collect; a drain cuts it short.</summary>
    private async Task BatchWindowAsync()
    {
        using CancellationTokenSource windowOver = new();
        await Task.WhenAny(_closed.Task, Task.Delay(_batchWindow, _time, windowOver.Token));
        await windowOver.CancelAsync();
    }
}
