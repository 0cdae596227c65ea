using System.Collections.Concurrent;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>Who drains and is released before whom.</summary>
public sealed class OrderTests
{
    [Fact]
    public async Task Drain_ParticipantIsUsed_DrainsAfterItsUser()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe used = shutdown.Add("database");
        Probe user = shutdown.Add("consumer", "database");
        TaskCompletionSource held = user.Drain.Hold();

        // Act
        shutdown.Begin();
        await user.Drain.Entered;
        bool tooEarly = used.Drain.HasBegun;
        held.SetResult();
        await used.Drain.Entered;

        // Assert
        Assert.False(tooEarly);
        Assert.Equal(ShutdownExitCode.Clean, (await shutdown.ReportAsync()).ExitCode);
    }

    [Fact]
    public async Task Drain_ParticipantsAreUnrelated_DrainAtOnce()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe[] probes = [shutdown.Add("a"), shutdown.Add("b"), shutdown.Add("c")];
        TaskCompletionSource[] held = [.. probes.Select(probe => probe.Drain.Hold())];

        // Act
        shutdown.Begin();
        await Task.WhenAll(probes.Select(probe => probe.Drain.Entered)); // each began while the others are held

        // Assert
        Array.ForEach(held, source => source.SetResult());
        await shutdown.ReportAsync();
    }

    [Fact]
    public async Task Drain_WorkIsInFlight_OthersDrainAfterIt()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe probe = shutdown.Add("producer");
        WorkLease lease = shutdown.BeginWork("message");
        var draining = Completion.New();
        using CancellationTokenRegistration registration = shutdown.Coordinator.Draining.Register(draining.SetResult);

        // Act
        shutdown.Begin();
        await draining.Task.WaitAsync(TestTimeouts.Hang);
        bool tooEarly = probe.Drain.HasBegun;
        lease.Dispose();
        await probe.Drain.Entered;

        // Assert
        Assert.False(tooEarly);
        await shutdown.ReportAsync();
    }

    [Fact]
    public async Task Release_SomeUseOthers_UsersComeFirstAndTheRestInReverse()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        var order = new ConcurrentQueue<string>();
        foreach (Probe probe in new[]
        {
            shutdown.Add("log"), shutdown.Add("cache", "pool"), shutdown.Add("pool"), shutdown.Add("files"), shutdown.Add("web", ParticipantUses.Everything),
        })
        {
            probe.Release.Body = (_, _) =>
            {
                order.Enqueue(probe.Name);
                return Task.CompletedTask;
            };
        }

        // Act
        await shutdown.StopAsync();

        // Assert
        Assert.Equal(["web", "files", "cache", "pool", "log"], order);
    }

    [Fact]
    public async Task Release_OneIsHeld_TheNextWaits()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe second = shutdown.Add("second");
        Probe first = shutdown.Add("first");
        TaskCompletionSource held = first.Release.Hold();

        // Act
        shutdown.Begin();
        await first.Release.Entered;
        bool tooEarly = second.Release.HasBegun;
        held.SetResult();
        await shutdown.ReportAsync();

        // Assert
        Assert.Equal((false, true), (tooEarly, second.Release.HasBegun));
    }

    [Fact]
    public async Task Release_TheySayThatTheyUseNothing_AreReleasedSideBySide()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe[] probes = [.. "abc".Select(name => shutdown.Add($"{name}", ParticipantUses.Nothing))];
        TaskCompletionSource[] held = [.. probes.Select(probe => probe.Release.Hold())];

        // Act
        shutdown.Begin();
        await Task.WhenAll(probes.Select(probe => probe.Release.Entered)); // each began while the others are held

        // Assert
        Array.ForEach(held, source => source.SetResult());
        await shutdown.ReportAsync();
    }

    [Fact]
    public async Task Release_OneSaysNothing_WaitsForThoseBehindItAndHoldsUpThoseBeforeIt()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe early = shutdown.Add("early", ParticipantUses.Nothing);
        Probe silent = shutdown.Add("silent");
        Probe late = shutdown.Add("late", ParticipantUses.Nothing);
        TaskCompletionSource lateHeld = late.Release.Hold();
        TaskCompletionSource silentHeld = silent.Release.Hold();

        // Act
        shutdown.Begin();
        await late.Release.Entered;
        bool silentTooEarly = silent.Release.HasBegun;
        lateHeld.SetResult();
        await silent.Release.Entered;
        bool earlyTooEarly = early.Release.HasBegun;
        silentHeld.SetResult();
        await shutdown.ReportAsync();

        // Assert
        Assert.Equal((false, false, true), (silentTooEarly, earlyTooEarly, early.Release.HasBegun));
    }

    [Fact]
    public async Task Release_OneOfSeveralIsUsed_WaitsOnlyForItsUser()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe used = shutdown.Add("pool", ParticipantUses.Nothing);
        Probe user = shutdown.Add("cache", "pool");
        Probe other = shutdown.Add("log", ParticipantUses.Nothing);
        TaskCompletionSource held = user.Release.Hold();

        // Act
        shutdown.Begin();
        await Task.WhenAll(user.Release.Entered, other.Release.Entered);
        bool tooEarly = used.Release.HasBegun;
        held.SetResult();
        await shutdown.ReportAsync();

        // Assert
        Assert.Equal((false, true), (tooEarly, used.Release.HasBegun));
    }

    [Fact]
    public async Task Shutdown_TenThousandHooks_AllRun()
    {
        // Arrange
        const int Count = 10_000;
        var shutdown = new ShutdownUnderTest();
        int runs = 0;
        for (int i = 0; i < Count; i++)
        {
            string[] uses = i == 0 ? [] : [$"hook {i - 1}"];
            shutdown.Coordinator.Participants.AddHook($"hook {i}", ShutdownPhase.Release, Hook.Of((_, _) => Task.FromResult(Interlocked.Increment(ref runs))), uses);
        }

        // Act
        ShutdownReport report = await shutdown.StopAsync();

        // Assert
        Assert.Equal((Count, ShutdownExitCode.Clean), (runs, report.ExitCode));
    }
}
