using Quiesce;

namespace Snippets;

/// <summary>docs/background-work.md.</summary>
internal static class BackgroundWorkSnippets
{
    public static async Task UsageAsync(
        GracefulShutdown shutdown, IShop mailer, Order order, IShop cache, IShop index, IAsyncDisposable pool, FileStream journal, IAsyncDisposable handle, IShop sweeper, Timer timer,
        ISource source)
    {
        // Fire, and not forget: counted, named in the report, its exceptions logged, cancelled and awaited at the drain's deadline.
        shutdown.TryRun("confirmation e-mail", cancellationToken => mailer.SendAsync(order, cancellationToken));

        // Cheap to do again: cancelled when the drain begins. That it ends undone is no loss.
        shutdown.TryRun("cache warm-up", DrainPolicy.Cancel, cache.WarmUpAsync);

        // Too long to finish: asked when the drain begins, saves how far it has come, and ends.
        shutdown.TryRun("reindex", async (draining, aborting) =>
        {
            while (index.HasMore && !draining.IsCancellationRequested) { await index.NextAsync(aborting); }
            await index.SaveCheckpointAsync(aborting);
        });

        // A bounded queue and its workers. What never started goes back where it came from.
        var queue = new WorkQueue<Order>(shutdown, "orders", PayAsync, new() { Capacity = 500, Concurrency = 4, HandBack = PutBackAsync, Uses = ["pool"] });
        shutdown.Add(queue);
        bool taken = await queue.EnqueueAsync(order);

        // A client that brings items on threads of its own. Each is done or goes back, never both.
        var jobs = new IncomingWork<Job>(shutdown, "jobs", async (job, lease, cancellationToken) =>
        {
            await job.RunAsync(cancellationToken);
            if (lease.TryComplete()) { await source.DeleteAsync(job); }
        }, new() { HandBack = source.ReleaseAsync });
        shutdown.Add(jobs);
        shutdown.OnStopAccepting("source of jobs", cancellationToken => jobs.HandBackIncomingAsync(source.StopAsync, cancellationToken));
        source.Begin(jobs.TakeAsync);

        // Resources: users first. A file is flushed to the disk before it is closed.
        shutdown.DisposeOnRelease("pool", pool);
        shutdown.DisposeOnRelease("journal", journal, ParticipantUses.Nothing);

        // A lock of any library whose handle can be disposed of: given up when nothing is in flight any more.
        shutdown.HoldThroughDrain("leader", handle, "pool");

        // A thread that blocks: asked, joined, named when it is late.
        shutdown.StartThread("sweeper", asked => sweeper.Run(asked), "pool");

        // A timer is a source: it is shut at the signal, and its last callback is awaited.
        shutdown.OnStopAccepting("nightly", _ => timer.DisposeAsync().AsTask());
        _ = taken;
    }

    private static Task PayAsync(Order order, CancellationToken cancellationToken) => Task.CompletedTask;

    private static Task PutBackAsync(Order order, CancellationToken cancellationToken) => Task.CompletedTask;

    internal sealed record Order(string Id);

    internal abstract class Job
    {
        public abstract Task RunAsync(CancellationToken cancellationToken);
    }

    internal interface ISource
    {
        void Begin(Func<Job, Task> onItem);

        Task DeleteAsync(Job job);

        Task ReleaseAsync(Job job, CancellationToken cancellationToken);

        Task StopAsync(CancellationToken cancellationToken);
    }

    internal interface IShop
    {
        bool HasMore { get; }

        Task SendAsync(Order order, CancellationToken cancellationToken);

        Task WarmUpAsync(CancellationToken cancellationToken);

        Task NextAsync(CancellationToken cancellationToken);

        Task SaveCheckpointAsync(CancellationToken cancellationToken);

        void Run(CancellationToken cancellationToken);
    }
}
