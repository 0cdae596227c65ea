using Checkout.Postgres;
using Checkout.RabbitMq;
using Microsoft.Extensions.Options;

namespace Checkout.Outbox;

/// <summary>Sends what orders have left in the outbox to the broker, in the one instance that leads.</summary>
/// <remarks>
/// A message is removed once the broker has confirmed it, so it is sent at least once: again after a crash in between, or by two
/// leaders that overlap for a moment. The worker knows an order that it has seen. Nothing in a round takes a token: what was sent is
/// waited for, and a broker that hangs is somebody else's to give up.
/// </remarks>
internal sealed partial class OutboxRelay(
    IOutbox outbox, IMessagePublisher publisher, IOptions<OutboxOptions> options, TimeProvider time, ILogger<OutboxRelay> logger) : ILeading
{
    public string Name => "outbox relay";

    public async Task LeadAsync(CancellationToken ending)
    {
        LogLeads();
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await foreach (bool _ in outbox.WakeUpsAsync(options.Value.FallbackInterval, ending)) { await RelayAsync(); }
            }
            catch (Exception error)
            {
                LogFailed(error);
                await Task.Delay(options.Value.RetryInterval, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await RelayLastAsync();
    }

    /// <summary>Sends what is there. It ends as soon as there is less than a batch: others may go on adding to it.</summary>
    private async Task RelayAsync()
    {
        IReadOnlyList<OutboxMessage> batch;
        do
        {
            batch = await outbox.ReadAsync(options.Value.BatchSize);
            if (batch.Count == 0) { return; }

            await Task.WhenAll(batch.Select(publisher.PublishAsync));
            await outbox.RemoveAsync(batch);
        }
        while (batch.Count == options.Value.BatchSize);
    }

    /// <summary>The last round, for what the last requests have left. What it does not get done waits for the next leader.</summary>
    private async Task RelayLastAsync()
    {
        try
        {
            await RelayAsync();
            LogEnded();
        }
        catch (Exception error)
        {
            LogLeft(error);
        }
    }
}
