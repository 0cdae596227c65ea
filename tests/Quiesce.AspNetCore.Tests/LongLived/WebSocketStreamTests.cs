using Quiesce.AspNetCore.LongLived;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.LongLived;

public sealed class WebSocketStreamTests : IDisposable
{
    private static readonly byte[] _frame = [0x82, 3, 1, 2, 3];
    private static readonly byte[] _goingAway = [0x88, 2, 0x03, 0xE9];

    private readonly HeldStream _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Say_FrameIsBeingWritten_ComesAfterIt()
    {
        await using var stream = new WebSocketStream(_client);
        _client.HoldNext();
        ValueTask writing = stream.WriteAsync(_frame);

        Task saying = stream.SayAsync();
        Assert.False(saying.IsCompleted);
        _client.Release();

        await writing;
        await saying.OrHang();
        Assert.Equal([.. _frame, .. _goingAway], _client.ToArray());
    }

    [Fact]
    public async Task Say_FrameIsHalfWritten_ComesAfterItsOtherHalf()
    {
        await using var stream = new WebSocketStream(_client);
        await stream.WriteAsync(_frame.AsMemory(0, 3));

        Task saying = stream.SayAsync();
        Assert.False(saying.IsCompleted);
        await stream.WriteAsync(_frame.AsMemory(3));

        await saying.OrHang();
        Assert.Equal([.. _frame, .. _goingAway], _client.ToArray());
    }

    [Fact]
    public async Task Say_ApplicationGoesOn_NothingFollowsTheCloseFrame()
    {
        await using var stream = new WebSocketStream(_client);

        await stream.SayAsync();
        await stream.WriteAsync(_frame);
        await stream.FlushAsync(TestContext.Current.CancellationToken);
        await stream.SayAsync();

        Assert.Equal(_goingAway, _client.ToArray());
    }

    [Fact]
    public async Task Say_ApplicationAnswersACloseMeanwhile_IsHeldUntilTheCloseFrameIsOut()
    {
        byte[] answer = [0x88, 2, 0x03, 0xE8];
        await using var stream = new WebSocketStream(_client);
        _client.HoldNext();
        Task saying = stream.SayAsync();

        Task answering = stream.WriteAsync(answer, TestContext.Current.CancellationToken).AsTask();
        Task flushing = stream.FlushAsync(TestContext.Current.CancellationToken);

        // Whoever is through with its answer ends the connection.
        Assert.False(answering.IsCompleted || flushing.IsCompleted);
        _client.Release();
        await Task.WhenAll(saying, answering, flushing).OrHang();
        Assert.Equal(_goingAway, _client.ToArray());
    }

    [Fact]
    public async Task Say_ApplicationHasClosed_AddsNothing()
    {
        byte[] close = [0x88, 2, 0x03, 0xE8];
        await using var stream = new WebSocketStream(_client);
        await stream.WriteAsync(close);

        await stream.SayAsync();

        Assert.Equal(close, _client.ToArray());
    }
}
