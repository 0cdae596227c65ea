using Quiesce.AspNetCore.Hubs;

namespace Quiesce.AspNetCore.Tests.Hubs;

public sealed class TrackedHubTests
{
    private readonly FakeHubCaller _caller = new();
    private readonly TrackedHub _hub;

    public TrackedHubTests() => _hub = new TrackedHub(_caller);

    [Fact]
    public void Say_AnswerIsStillBeingWritten_ComesAfterIt()
    {
        Assert.True(_hub.TryBeginCall());
        _hub.OnReturned();

        Task said = _hub.SayAsync();

        Assert.False(said.IsCompleted);
        Assert.Equal(0, _caller.CloseRequests);
        _hub.OnEnded();
        Assert.True(said.IsCompleted);
        Assert.Equal(1, _caller.CloseRequests);
    }

    [Fact]
    public void Say_TwoCallsAreOpen_ComesOnceAfterTheLast()
    {
        Assert.True(_hub.TryBeginCall());
        Assert.True(_hub.TryBeginCall());
        _ = _hub.SayAsync();

        End();
        Assert.Equal(0, _caller.CloseRequests);
        End();
        _ = _hub.SayAsync();

        Assert.Equal(1, _caller.CloseRequests);
    }

    [Fact]
    public void Call_ComesAfterTheCloseMessage_IsNotBegun()
    {
        _ = _hub.SayAsync();

        Assert.False(_hub.TryBeginCall());
    }

    [Fact]
    public void Call_ComesWhileAnotherIsWaitedFor_IsBegunAndWaitedForToo()
    {
        Assert.True(_hub.TryBeginCall());
        _ = _hub.SayAsync();

        Assert.True(_hub.TryBeginCall());
        End();
        Assert.Equal(0, _caller.CloseRequests);
        End();

        Assert.Equal(1, _caller.CloseRequests);
    }

    [Fact]
    public void Insist_StreamIsOpen_ClosesItButWaitsForTheMethodThatRuns()
    {
        Assert.True(_hub.TryBeginCall());
        _hub.OnReturned(); // a stream
        Assert.True(_hub.TryBeginCall());
        _ = _hub.SayAsync();

        _ = _hub.InsistAsync();
        Assert.Equal(0, _caller.CloseRequests);
        Assert.True(_hub.IsBusy);
        End();

        Assert.Equal(1, _caller.CloseRequests);
        Assert.False(_hub.IsBusy);
    }

    private void End()
    {
        _hub.OnReturned();
        _hub.OnEnded();
    }
}
