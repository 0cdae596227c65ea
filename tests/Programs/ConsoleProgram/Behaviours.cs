using Quiesce;

namespace ConsoleProgram;

/// <summary>Good and bad manners, by name.</summary>
internal static class Behaviours
{
    public static IReadOnlyDictionary<string, Behaviour> ByName { get; } = new Dictionary<string, Behaviour>
    {
        ["drains"] = new(DrainAsync, Nothing),
        ["drains on request"] = new(DrainOnRequestAsync, Nothing),
        ["throws"] = new(static _ => throw new InvalidOperationException("no such file"), Nothing),
        ["hangs everywhere"] = new(HangAsync, BlockForEver),
        ["starves the pool"] = new(StarveAsync, Nothing),
        ["leaves a foreground thread"] = new(DrainAsync, static () => new Thread(BlockForEver).Start()),
        ["blocks its exit handler"] = new(DrainAsync, static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => BlockForEver()),
        ["fills standard error"] = new(FillStandardErrorAsync, Nothing),
        ["fills standard output"] = new(FillStandardOutputAsync, Nothing),
        ["hangs before the drain"] = new(HangBeforeTheDrainAsync, Nothing),
        ["freezes the runtime"] = new(FreezeAsync, Nothing),
    };

    private static async Task DrainAsync(GracefulShutdown shutdown)
    {
        shutdown.OnRelease("ledger", static _ => Console.Out.WriteLineAsync("released"));
        shutdown.Work.TryBegin("row", out WorkLease lease);
        using (lease)
        {
            Console.WriteLine("ready");
            await UntilAsync(shutdown.Draining);
            Console.WriteLine("draining");
        }
    }

    private static async Task DrainOnRequestAsync(GracefulShutdown shutdown)
    {
        await DrainAsync(shutdown);
        await Console.In.ReadLineAsync(CancellationToken.None);
    }

    private static async Task HangAsync(GracefulShutdown shutdown)
    {
        shutdown.OnStoppedAndReleased(BlockForEver);
        shutdown.Work.TryBegin("row", out _);
        Console.WriteLine("ready");
        await new TaskCompletionSource().Task;
    }

    private static Task HangBeforeTheDrainAsync(GracefulShutdown shutdown)
    {
        // Starved only now: the steps that hang have begun and can be named, but no timer gives them up any more.
        shutdown.OnStopAccepting("consumer", _ => StarveAsync(shutdown));
        shutdown.Work.TryBegin("row", out _);
        Console.WriteLine("ready");
        return new TaskCompletionSource().Task;
    }

    private static Task StarveAsync(GracefulShutdown shutdown)
    {
        shutdown.OnStoppedAndReleased(BlockForEver);
        ThreadPool.SetMinThreads(1, 1);
        ThreadPool.SetMaxThreads(Environment.ProcessorCount, Environment.ProcessorCount);
        for (int i = 0; i < 100; i++) { ThreadPool.QueueUserWorkItem(static _ => BlockForEver()); }

        Console.WriteLine("ready");
        BlockForEver();
        return Task.CompletedTask;
    }

    private static async Task FillStandardErrorAsync(GracefulShutdown shutdown)
    {
        // More than any pipe holds, under the lock that everybody has to take who writes there.
        new Thread(static () => Console.Error.Write(new string('x', 1 << 24))) { IsBackground = true }.Start();
        shutdown.Work.TryBegin("row", out _);
        Console.WriteLine("ready");
        await UntilAsync(shutdown.Aborting);
    }

    private static async Task FillStandardOutputAsync(GracefulShutdown shutdown)
    {
        // As a console logger does while nobody reads its pipe: under the lock that every write to the console takes.
        Console.WriteLine("ready");
        new Thread(static () => Console.Write(new string('x', 1 << 24))) { IsBackground = true }.Start();
        shutdown.Work.TryBegin("row", out _);
        await UntilAsync(shutdown.Aborting);
    }

    private static async Task FreezeAsync(GracefulShutdown shutdown)
    {
        Console.WriteLine("ready");
        await UntilAsync(shutdown.Draining);
        FrozenRuntime.Freeze();
    }

    private static async Task UntilAsync(CancellationToken token)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = token.Register(asked.SetResult);
        await asked.Task;
    }

    private static void OnStoppedAndReleased(this GracefulShutdown shutdown, Action hang)
    {
        Task Hang(CancellationToken cancellationToken)
        {
            hang();
            return Task.CompletedTask;
        }

        shutdown.OnStopAccepting("hangs", Hang);
        shutdown.OnRelease("hangs", Hang);
    }

    private static void BlockForEver() => Thread.CurrentThread.Join(Timeout.Infinite);

    private static void Nothing()
    {
    }
}
