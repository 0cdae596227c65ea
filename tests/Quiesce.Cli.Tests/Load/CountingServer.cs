using System.Collections.Concurrent;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

/// <summary>Counts requests over all connections, so that a test can wait for a number of them and treat each by its number.</summary>
internal sealed class CountingServer(int awaited)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;

    public ConcurrentQueue<string> Heads { get; } = new();

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Completes when the awaited number of requests has arrived.</summary>
    public Task Reached => _reached.Task.WaitAsync(TestTimeouts.Hang);

    /// <summary>Answers each request by its number, from 1 on.</summary>
    public Func<TestPeer, Task> Answer(Func<TestPeer, int, Task> answer) => async peer =>
    {
        while (await peer.ReadRequestAsync() is { } request)
        {
            Heads.Enqueue(request);
            int number = Interlocked.Increment(ref _requests);
            if (number == awaited) { _reached.SetResult(); }
            await answer(peer, number);
        }
    };
}
