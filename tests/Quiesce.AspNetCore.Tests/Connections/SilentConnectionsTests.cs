using Microsoft.Extensions.Logging.Abstractions;
using Quiesce.AspNetCore.Connections;
using Quiesce.Testing;

namespace Quiesce.AspNetCore.Tests.Connections;

public sealed class SilentConnectionsTests
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);
    private readonly ManualTimeProvider _time = new();
    private readonly ConnectionSet _connections;

    public SilentConnectionsTests() => _connections = new ConnectionSet(_time);

    [Fact]
    public async Task Close_RequestHasJustArrived_ComesAfterItWasRead()
    {
        await using FakeConnection silent = await OpenAsync();
        await using FakeConnection speaks = await OpenAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await speaks.SayAsync();

        Task closing = CloseAsync();
        await _time.WaitForTimerAsync(TimeSpan.FromMinutes(1) + _look).OrHang();
        Assert.True(silent.IsClosed);
        Assert.False(speaks.IsClosed);
        await speaks.Socket.ReceiveAsync(new byte[16]).OrHang();
        _time.Advance(_look);

        await closing.OrHang();
        Assert.True(speaks.IsClosed);
    }

    [Fact]
    public async Task Close_ClientHasJustConnected_IsGivenTimeToSpeak()
    {
        await using FakeConnection old = await OpenAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await using FakeConnection young = await OpenAsync();
        _time.Advance(TimeSpan.FromMilliseconds(990));

        Task closing = CloseAsync();
        await _time.WaitForTimerAsync(TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(990) + _look).OrHang();
        Assert.True(old.IsClosed);
        Assert.False(young.IsClosed);
        _time.Advance(_look);

        await closing.OrHang();
        Assert.True(young.IsClosed);
    }

    [Fact]
    public async Task Close_TimeIsUp_LeavesTheRestToTheServer()
    {
        await using FakeConnection young = await OpenAsync();
        using var cut = new CancellationTokenSource();

        Task closing = CloseAsync(cut.Token);
        Assert.False(closing.IsCompleted);
        await cut.CancelAsync();

        await closing.OrHang();
        Assert.False(young.IsClosed);
    }

    [Fact]
    public async Task Reset_AnswerIsStillOnItsWay_IsSpared()
    {
        await using FakeConnection halfSent = await OpenAsync(isStuck: true);
        await using FakeConnection reads = await OpenAsync(isStuck: true);
        reads.Fill();
        _time.Advance(TimeSpan.FromMinutes(1));
        SilentConnections silent = Make();

        Task closing = silent.CloseAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(750)).OrHang();
        _time.Advance(TimeSpan.FromMilliseconds(750));
        await closing.OrHang();
        await silent.ResetHalfSentAsync(CancellationToken.None).OrHang();

        Assert.True(halfSent.IsReset);
        Assert.False(reads.IsReset);
    }

    private async Task<FakeConnection> OpenAsync(bool isStuck = false)
    {
        FakeConnection connection = await FakeConnection.OpenAsync(isStuck);
        _connections.Add(connection);
        return connection;
    }

    private Task CloseAsync(CancellationToken hurry = default) => Make().CloseAsync(hurry);

    private SilentConnections Make()
    {
        ShutdownBudget budget = BudgetPlanner.Plan(new GracefulShutdownOptions(), environmentGrace: null).Budget!;
        var deadline = new Deadline(_time, budget, _time.GetTimestamp());
        return new SilentConnections(_connections, new AnnounceOptions(), deadline, NullLogger.Instance);
    }
}
