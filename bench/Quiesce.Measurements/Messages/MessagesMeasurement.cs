using RabbitMQ.Client;

namespace Quiesce.Measurements.Messages;

/// <summary>What a message costs with the adapter and with a bare consumer of the same client: processor time and allocations of the consuming
/// process.</summary>
/// <remarks>A pair is made of slices in the order A B B A, on a queue that was filled before: a machine changes its pace within seconds, by more than is measured
/// here, and so it meets both alike. Connecting is not counted.</remarks>
internal static class MessagesMeasurement
{
    private const string Queue = "quiesce-bench";

    /// <summary>Into how many slices of each kind a pair is cut.</summary>
    private const int Slices = 10;

    /// <summary>The first rounds belong to the just-in-time compiler.</summary>
    private const int WarmUps = 2;

    /// <summary>A slice may take some messages more than it is asked for.</summary>
    private const int Reserve = 10_000;

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
        IConsumption bare = new BareConsumption(Queue), adapter = new AdapterConsumption(Queue, shutdown);

        List<(Cost Bare, Cost Adapter)> measured = [];
        for (int pair = 1 - WarmUps; pair <= pairs; pair++)
        {
            await FillAsync(channel, (2 * messages) + Reserve);
            List<Cost> ofBare = [], ofAdapter = [];
            for (int slice = 0; slice < Slices; slice++)
            {
                bool bareFirst = slice % 2 == 0;
                (bareFirst ? ofBare : ofAdapter).Add(await CostAsync(bareFirst ? bare : adapter, factory, messages / Slices));
                (bareFirst ? ofAdapter : ofBare).Add(await CostAsync(bareFirst ? adapter : bare, factory, messages / Slices));
            }

            if (pair < 1) { continue; }

            measured.Add((Cost.Median(ofBare), Cost.Median(ofAdapter)));
            Say.Progress($"pair {pair}: {measured[^1].Bare} bare, {measured[^1].Adapter} with the adapter");
        }

        await channel.QueueDeleteAsync(Queue);
        Report(measured);
    }

    private static async Task<Cost> CostAsync(IConsumption consumption, ConnectionFactory factory, int messages)
    {
        await using IConnection connection = await factory.CreateConnectionAsync();
        var work = new Work(messages);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TimeSpan busy = Environment.CpuUsage.TotalTime; // in microseconds; Process.TotalProcessorTime comes in steps of 10 ms
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        await consumption.BeginAsync(connection, work);
        await work.All;
        var cost = new Cost((Environment.CpuUsage.TotalTime - busy) / work.Done, (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / work.Done);
        await connection.CloseAsync(); // what was sent ahead goes back to the queue
        return cost;
    }

    private static async Task FillAsync(IChannel channel, int messages)
    {
        // What the slices of the round before have left.
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
        /// <summary>Not the mean: in some slices the machine belongs to somebody else for a moment, and they cost several times as much.</summary>
        public static Cost Median(List<Cost> costs) =>
            new(TimeSpan.FromMicroseconds(Statistics.Median(costs.Select(static cost => cost.Busy.TotalMicroseconds))), Statistics.Median(costs.Select(static cost => cost.Bytes)));

        public override string ToString() => FormattableString.Invariant($"{Busy.TotalMicroseconds:0.0} µs, {Bytes:0} bytes");
    }
}
