using RabbitMQ.Client;

namespace Quiesce.Measurements.Messages;

/// <summary>What a message costs with the adapter and with a bare consumer of the same client: processor time and allocations of the consuming
/// process. In pairs in the order A B B A, each on a queue that was filled before.</summary>
internal static class MessagesMeasurement
{
    private const string Queue = "quiesce-bench";

    public static async Task<int> RunAsync(string broker, int pairs, int messages)
    {
        int exitCode = 1;
        await GracefulShutdown.RunAsync(async shutdown =>
        {
            await MeasureAsync(shutdown, new ConnectionFactory { Uri = new Uri(broker) }, pairs, messages);
            exitCode = 0;
        });
        return exitCode;
    }

    private static async Task MeasureAsync(GracefulShutdown shutdown, ConnectionFactory factory, int pairs, int messages)
    {
        await using IConnection connection = await factory.CreateConnectionAsync();
        await using IChannel channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.QueueDeclareAsync(Queue, durable: false, exclusive: false, autoDelete: false);
        IConsumption bare = new BareConsumption(factory, Queue), adapter = new AdapterConsumption(factory, Queue, shutdown);

        // The first rounds belong to the just-in-time compiler.
        foreach (IConsumption warming in new[] { bare, adapter, adapter, bare }) { await CostAsync(warming, channel, messages); }

        List<(Cost Bare, Cost Adapter)> measured = [];
        for (int pair = 0; pair < pairs; pair++)
        {
            bool bareFirst = pair % 2 == 0;
            Cost first = await CostAsync(bareFirst ? bare : adapter, channel, messages);
            Cost second = await CostAsync(bareFirst ? adapter : bare, channel, messages);
            measured.Add(bareFirst ? (first, second) : (second, first));
            Say.Progress($"pair {pair + 1}: {measured[^1].Bare} bare, {measured[^1].Adapter} with the adapter");
        }

        await channel.QueueDeleteAsync(Queue);
        Report(measured);
    }

    private static async Task<Cost> CostAsync(IConsumption consumption, IChannel channel, int messages)
    {
        await FillAsync(channel, messages);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TimeSpan busy = Environment.CpuUsage.TotalTime; // in microseconds; Process.TotalProcessorTime comes in steps of 10 ms
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        await consumption.ConsumeAsync(messages);
        return new Cost((Environment.CpuUsage.TotalTime - busy) / messages, (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / messages);
    }

    private static async Task FillAsync(IChannel channel, int messages)
    {
        // The last acknowledgement of a round may have crossed its end.
        await channel.QueuePurgeAsync(Queue);
        byte[] body = new byte[256];
        foreach (int[] batch in Enumerable.Range(0, messages).Chunk(500))
        {
            await Task.WhenAll(batch.Select(_ => channel.BasicPublishAsync("", Queue, body).AsTask()));
        }
    }

    private static void Report(List<(Cost Bare, Cost Adapter)> measured)
    {
        double[] ratios = [.. measured.Select(static pair => pair.Adapter.Busy / pair.Bare.Busy)];
        (double low, double high) = Statistics.MedianInterval(ratios);
        Say.Result($"| each message | bare, median | with the adapter, median | ratio of the pairs, median | 95 % interval | wanted |");
        Say.Result($"| --- | ---: | ---: | ---: | ---: | --- |");
        Say.Result($"| processor time, µs | {Statistics.Median(measured.Select(static pair => pair.Bare.Busy.TotalMicroseconds)):0.0} | {Statistics.Median(measured.Select(static pair => pair.Adapter.Busy.TotalMicroseconds)):0.0} | {Statistics.Median(ratios):0.000} | {low:0.000} to {high:0.000} | {Say.Verdict(Statistics.Median(ratios) <= 1.03)} |");
        Say.Result($"| allocated bytes | {Statistics.Median(measured.Select(static pair => pair.Bare.Bytes)):N0} | {Statistics.Median(measured.Select(static pair => pair.Adapter.Bytes)):N0} | {Statistics.Median(measured.Select(static pair => pair.Adapter.Bytes / pair.Bare.Bytes)):0.000} | | |");
    }

    private readonly record struct Cost(TimeSpan Busy, double Bytes)
    {
        public override string ToString() => FormattableString.Invariant($"{Busy.TotalMicroseconds:0.0} µs, {Bytes:0} bytes");
    }
}
