using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Resources;

/// <summary>Resources, leaderships and threads of a program.</summary>
public sealed class ResourceTests
{
    private readonly ShutdownUnderTest _shutdown = new();

    [Fact]
    public async Task DisposeOnRelease_OneUsesTheOther_UserIsDisposedFirst()
    {
        // Arrange
        List<string> disposed = [];
        _shutdown.Shutdown.DisposeOnRelease("client", new Disposal(() => disposed.Add("client")), "pool"); // else the last one would come first
        _shutdown.Shutdown.DisposeOnRelease("pool", new AsyncDisposal(() => disposed.Add("pool")));

        // Act
        ShutdownReport report = await _shutdown.StopAsync();

        // Assert
        Assert.Equal(["client", "pool"], disposed);
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task DisposeOnRelease_WriterOverAFile_IsFlushedToTheDiskAndClosed()
    {
        // Arrange
        using var folder = new TemporaryFolder();
        var file = new SyncedFile(folder["ledger"]);
        var writer = new StreamWriter(file, Encoding.UTF8);
        await writer.WriteAsync("paid");
        _shutdown.Shutdown.DisposeOnRelease("ledger", writer);

        // Act
        await _shutdown.StopAsync();

        // Assert
        Assert.Equal(4 + 3, file.LengthWhenSynced); // with the mark of UTF-8
        Assert.False(file.CanWrite);
    }

    [Fact]
    public async Task HoldThroughDrain_WorkIsInFlight_IsGivenUpAfterIt()
    {
        // Arrange
        bool givenUp = false;
        _shutdown.Shutdown.HoldThroughDrain("leader", new Disposal(() => givenUp = true));
        WorkLease lease = _shutdown.BeginWork("row");
        Probe drains = _shutdown.Add("drains");

        // Act
        _shutdown.Begin();
        bool heldThroughDrain = false;
        drains.Drain.Body = (_, _) =>
        {
            heldThroughDrain = !givenUp;
            return Task.CompletedTask;
        };
        lease.Dispose();
        await _shutdown.ReportAsync();

        // Assert
        Assert.True(heldThroughDrain);
        Assert.True(givenUp);
    }

    [Fact]
    public async Task HoldThroughDrain_WorkIsLeftBehind_IsNotGivenUpAndSaysSo()
    {
        // Arrange
        bool givenUp = false;
        var held = new HeldThroughDrain(_shutdown.Coordinator, "leader", new Disposal(() => givenUp = true), []);
        WorkLease stuck = _shutdown.BeginWork("stuck");
        ShutdownContext context = Context(ShutdownPhase.Release);
        using var limit = new CancellationTokenSource();

        // Act
        Task releasing = held.ReleaseAsync(context, limit.Token);
        await limit.CancelAsync();

        // Assert
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => releasing.OrHang());
        stuck.Dispose();
        Assert.False(givenUp);
        Assert.Contains("because 1 unit of work still runs: held until the process ends", Assert.Single(context.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartThread_Drain_IsAskedAndJoinedBeforeWhatItUses()
    {
        // Arrange
        bool ended = false;
        Probe store = _shutdown.Add("store");
        bool joined = false;
        store.Drain.Body = (_, _) =>
        {
            joined = Volatile.Read(ref ended);
            return Task.CompletedTask;
        };
        _shutdown.Shutdown.StartThread("sweeper", asked =>
        {
            asked.WaitHandle.WaitOne();
            Volatile.Write(ref ended, true);
        }, "store");

        // Act
        ShutdownReport report = await _shutdown.StopAsync();

        // Assert
        Assert.True(joined);
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task StartThread_DoesNotEnd_IsNamedWithWhereItIs()
    {
        // Arrange
        using var never = new ManualResetEventSlim();
        var thread = new DedicatedThread("sweeper", [], NullLogger.Instance);
        thread.Start(_ => never.Wait(TestTimeouts.Hang, CancellationToken.None));
        ShutdownContext context = Context(ShutdownPhase.Drain);
        using var limit = new CancellationTokenSource();

        // Act
        Task draining = thread.DrainAsync(context, limit.Token);
        await limit.CancelAsync();
        bool ended = draining.IsCompleted;
        string note = Assert.Single(context.Notes);
        never.Set();

        // Assert
        Assert.False(ended);
        Assert.StartsWith("was asked to end and has not: it ", note, StringComparison.Ordinal);
        await draining.OrHang();
    }

    [Fact]
    public async Task StartThread_Throws_IsInTheReport()
    {
        _shutdown.Shutdown.StartThread("sweeper", static _ => throw new InvalidOperationException("no table"));

        ShutdownReport report = await _shutdown.StopAsync();

        Assert.Contains(report.Participants, static part => part is { Name: "sweeper", Outcome: StepOutcome.Failed } && part.Error!.Contains("no table", StringComparison.Ordinal));
    }

    private ShutdownContext Context(ShutdownPhase phase)
    {
        var deadline = new Deadline(_shutdown.Time, _shutdown.Coordinator.Budget, _shutdown.Time.GetTimestamp());
        return new ShutdownContext(new ShutdownReason(ShutdownTrigger.Signal, "SIGTERM"), phase, deadline, ShutdownUnderTest.End);
    }

    private sealed class Disposal(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }

    private sealed class AsyncDisposal(Action dispose) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class SyncedFile(string path) : FileStream(path, FileMode.Create)
    {
        public long? LengthWhenSynced { get; private set; }

        public override void Flush(bool flushToDisk)
        {
            base.Flush(flushToDisk);
            if (flushToDisk) { LengthWhenSynced ??= Length; }
        }
    }
}
