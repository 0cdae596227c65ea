using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Tests.Command;
using Quiesce.Cli.Tests.Misbehaving;
using Quiesce.Cli.Tests.Programs;

namespace Quiesce.Cli.Tests.Faults;

/// <summary>A program that does nothing, and a server in its place that knows when the clients of the faults have come and when they have gone.</summary>
public sealed class FaultSceneTests : IAsyncDisposable
{
    // Two of each, and one that never ends.
    private const int Clients = 5;

    private readonly RehearseSettings _settings =
        Settings.Read("--fault", "slow-clients=2,half-sent=2,never-ends=/export,second-signal=20", "--grace", "30");
    private readonly RequestTemplate[] _mix = [Templates.Get, Templates.Of("POST", "/orders/{id}", "0123456789")];
    private readonly TellingBalancer _balancer = new();
    private readonly ProgramProcess _program = Shell.Start("exec sleep 600");
    private readonly TaskCompletionSource _allHaveCome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _come;

    public async ValueTask DisposeAsync() => await _program.EndAsync().WaitAsync(TestTimeouts.Hang);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_RehearsalIsInterrupted_NobodyIsLeftAtItsFault(bool afterSignal)
    {
        // Without an answer the slow clients are not where they are to be, and the signal waits for them.
        await using TestServer server = TestServer.Start(peer => KeepWaitingAsync(peer, answers: afterSignal));
        using var interrupt = new CancellationTokenSource();

        Task<Stop> stopping = StopAsync(server, Signals.Winch, interrupt.Token); // Which leaves a program as it is.
        await _allHaveCome.Task.WaitAsync(TestTimeouts.Hang);
        if (afterSignal) { await _balancer.Removed.WaitAsync(TestTimeouts.Hang); }
        await interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopping.WaitAsync(TestTimeouts.Hang));
        await server.WaitForScriptsAsync();
        Assert.False(_program.Exited.IsCompleted);
    }

    [Fact]
    public async Task Stop_ProgramEndsAndSomebodyElseKeepsTheConnections_NobodyWaitsForThem()
    {
        await using TestServer server = TestServer.Start(peer => KeepWaitingAsync(peer, answers: true));

        Stop stop = await StopAsync(server, Signals.Term, CancellationToken.None).WaitAsync(TestTimeouts.Hang);

        await server.WaitForScriptsAsync();
        Assert.Equal(
            [
                "slow-clients=2: 2 given up after the instance had gone", "half-sent=2: 2 given up after the instance had gone",
                "never-ends=/export: 1 given up after the instance had gone", "second-signal=20: 1 not sent, the instance had gone",
            ],
            stop.Faults.Select(static record => $"{record.Fault}: {record.Seen.Values.Single()} {record.Seen.Keys.Single()}"));
    }

    private async Task<Stop> StopAsync(TestServer server, int signal, CancellationToken cancellationToken)
    {
        await using var starter = new InstanceStarter(_settings, TimeProvider.System);
        var stopper = new InstanceStopper(
            _balancer, new BesideServices(_settings, starter, TimeProvider.System), _settings.Grace, TimeProvider.System);
        var plan = new FaultPlan(_settings.Faults, _mix, Load: null);
        return await stopper.StopAsync(
            new Instance(server.Endpoint, _program, TimeSpan.Zero), new DeploymentOrder(1, signal, TimeSpan.Zero, plan), cancellationToken);
    }

    // The answer begins, if at all, and never ends, so each client is in the middle of its fault. Ends when the client does.
    private async Task KeepWaitingAsync(TestPeer peer, bool answers)
    {
        await peer.ReadPartAsync();
        if (answers) { await peer.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"); }
        if (Interlocked.Increment(ref _come) == Clients) { _allHaveCome.SetResult(); }
        while ((await peer.ReadPartAsync()).Length > 0) { }
    }

    /// <summary>Tells when an instance leaves: at the moment of the signal.</summary>
    private sealed class TellingBalancer : IBalancer
    {
        private readonly TaskCompletionSource _removed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Removed => _removed.Task;

        public string Name => "telling";

        public Endpoint? Choose() => null;

        public Task AddAsync(Endpoint endpoint, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<long?> RemoveAsync(Endpoint endpoint, CancellationToken cancellationToken)
        {
            _removed.TrySetResult();
            return Task.FromResult<long?>(null);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
