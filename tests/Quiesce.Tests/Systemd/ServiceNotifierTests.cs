using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Systemd;

/// <summary>What a service manager hears, on a real datagram socket.</summary>
public sealed class ServiceNotifierTests : IDisposable
{
    private readonly FakeServiceManager _manager = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Service_StartsAndIsStopped_SaysReadyThenStoppingOnceWithWhatIsWaitedFor(bool isAbstract)
    {
        // Arrange
        using var manager = new FakeServiceManager(isAbstract);
        var process = new ProcessUnderTest(serviceManager: manager.Socket());
        ProcessShutdown member = process.StartedMember();
        Assert.True(member.Shutdown.Work.TryBegin("row", out WorkLease unit));

        // Act
        string[] ready = await manager.NextAsync();
        process.Signals.Raise(ShutdownSignal.Terminate);
        string[] stopping = await manager.NextAsync();
        await process.Time.WaitForTimerAsync(ProgressFeed.Pause).WaitAsync(TestTimeouts.Hang); // what was sent is read before the sender goes on
        process.Time.Advance(ProgressFeed.Pause);
        await process.Time.WaitForTimerAsync(ProgressFeed.Interval).WaitAsync(TestTimeouts.Hang);
        process.Time.Advance(ProgressFeed.Interval - ProgressFeed.Pause);
        string[] later = await manager.NextAsync();
        unit.Dispose();
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal("READY=1", ready[0]);
        Assert.Equal("STOPPING=1", stopping[0]);
        Assert.Contains("1 unit, oldest 'row'", Assert.Single(stopping[1..]), StringComparison.Ordinal);
        Assert.StartsWith("STATUS=", Assert.Single(later), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "EXTEND_TIMEOUT_USEC=30000000")]
    public async Task Stopping_ExtensionIsAnOption_AsksForTheWholeGraceOnlyThen(bool extends, string? expected)
    {
        // Arrange
        var process = new ProcessUnderTest(serviceManager: _manager.Socket());
        ProcessShutdown member = process.StartedMember(grace: 30, signals: new SignalOptions { ExtendServiceTimeout = extends });
        Assert.True(member.Shutdown.Work.TryBegin("row", out WorkLease unit));
        await _manager.NextAsync();

        // Act
        process.Signals.Raise(ShutdownSignal.Terminate);
        string[] stopping = await _manager.NextAsync();
        unit.Dispose();

        // Assert
        Assert.Equal(expected, stopping.FirstOrDefault(static line => line.StartsWith("EXTEND", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Host_StoppedByOthers_TheServiceIsNotSaidToStop()
    {
        // Arrange
        var process = new ProcessUnderTest(serviceManager: _manager.Socket());
        ProcessShutdown member = process.StartedMember();
        await _manager.NextAsync();

        // Act
        member.OnStoppedByOthers("the test");
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);
        _manager.Socket().Send("END=1");

        // Assert
        Assert.Equal(["END=1"], await _manager.NextAsync());
    }

    [Fact]
    public async Task Stopping_TheShutdownIsOverAtTheFirstLook_IsSaidAllTheSame()
    {
        // Arrange: a shutdown that is through before anybody has looked
        var shutdown = new ShutdownUnderTest();
        await shutdown.StopAsync();

        // Act
        new ServiceNotifier(_manager.Socket(), shutdown.Coordinator, extendsTimeout: false).Dispose();
        _manager.Socket().Send("END=1");

        // Assert
        Assert.Equal(["STOPPING=1"], await _manager.NextAsync());
        Assert.Equal(["END=1"], await _manager.NextAsync());
    }

    [Fact]
    public async Task Watchdog_IsAsked_PingsAtHalfThePeriodThroughTheDrainUntilTheLastUnitIsSettled()
    {
        // Arrange
        var process = new ProcessUnderTest(serviceManager: _manager.Socket(("WATCHDOG_USEC", "60000000")));
        ProcessShutdown member = process.StartedMember(grace: 120);
        Assert.True(member.Shutdown.Work.TryBegin("row", out WorkLease unit));
        process.Time.Advance(TimeSpan.Zero);

        // Act: the first ping, then the signal, and half a period later, in the drain, the second one
        List<string> heard = [];
        await HearAsync(heard, "WATCHDOG=1", times: 1);
        process.Signals.Raise(ShutdownSignal.Terminate);
        await HearAsync(heard, "STOPPING=1", times: 1);
        process.Time.Advance(TimeSpan.FromSeconds(30));
        await HearAsync(heard, "WATCHDOG=1", times: 2);
        unit.Dispose();
        await member.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);
        member.Detach();
        process.Time.Advance(TimeSpan.FromSeconds(60));
        _manager.Socket().Send("END=1");
        await HearAsync(heard, "END=1", times: 1);

        // Assert: none after the end
        Assert.Equal(2, heard.Count(static line => line == "WATCHDOG=1"));
    }

    [Fact]
    public void Send_ManagerIsGone_LosesTheMessageOnly()
    {
        // Arrange
        NotifySocket socket = _manager.Socket();
        _manager.Dispose();

        // Act
        Exception? error = Record.Exception(() => socket.Send("READY=1"));

        // Assert
        Assert.Null(error);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("vsock:2:1234")]
    public void Find_AddressIsNoUnixSocket_SpeaksToNobody(string? address) => Assert.Null(NotifySocket.From(_ => address));

    [Fact]
    public void Find_WatchdogIsForAnotherProcess_PingsNot() =>
        Assert.Null(_manager.Socket(("WATCHDOG_USEC", "1000000"), ("WATCHDOG_PID", "1")).WatchdogPeriod);

    public void Dispose() => _manager.Dispose();

    private async Task HearAsync(List<string> heard, string line, int times)
    {
        while (heard.Count(other => other == line) < times) { heard.AddRange(await _manager.NextAsync()); }
    }
}
