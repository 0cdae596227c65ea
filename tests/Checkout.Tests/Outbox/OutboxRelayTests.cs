using Checkout.Outbox;
using Checkout.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Checkout.Tests.Outbox;

public sealed class OutboxRelayTests : IDisposable
{
    private const int BatchSize = 3;
    private readonly FakeOutbox _outbox = new();
    private readonly FakePublisher _publisher = new();
    private readonly CancellationTokenSource _ending = new();

    [Fact]
    public async Task Lead_MessagesWaitAndCome_SendsThemInOrderAndRemovesThem()
    {
        _outbox.AddUnnoticed("1", "2", "3", "4");

        Task leading = Relay().LeadAsync(_ending.Token);
        await _outbox.EmptyAsync();
        _outbox.Add("5");
        await _outbox.EmptyAsync();

        await EndAsync(leading);
        Assert.Equal(["1", "2", "3", "4", "5"], _publisher.Sent);
    }

    [Fact]
    public async Task Lead_ConfirmIsOutstanding_KeepsTheMessage()
    {
        TaskCompletionSource confirmed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _publisher.Confirmed = confirmed.Task;
        _outbox.AddUnnoticed("1");

        Task leading = Relay().LeadAsync(_ending.Token);
        await _publisher.FirstSent;
        string[] waiting = _outbox.Waiting;
        confirmed.SetResult();

        await EndAsync(leading);
        Assert.Equal(["1"], waiting);
        Assert.Empty(_outbox.Waiting);
    }

    [Fact]
    public async Task Lead_BrokerFails_SendsAgain()
    {
        _publisher.Failures = 1;
        _outbox.AddUnnoticed("1", "2");

        Task leading = Relay().LeadAsync(_ending.Token);
        await _outbox.EmptyAsync();

        await EndAsync(leading);
        Assert.Equal(["2", "1", "2"], _publisher.Sent); // the second was sent and not removed: at least once
    }

    [Fact]
    public async Task Lead_ToldToEnd_SendsWhatTheLastRequestsHaveLeft()
    {
        Task leading = Relay().LeadAsync(_ending.Token);
        _outbox.AddUnnoticed("1", "2", "3", "4");

        await EndAsync(leading);

        Assert.Equal(["1", "2", "3", "4"], _publisher.Sent);
    }

    [Fact]
    public async Task Lead_ToldToEndWhileOthersGoOnAdding_Ends()
    {
        int number = 0;
        _outbox.OnRemoved = () => _outbox.AddUnnoticed($"{++number}");
        _outbox.AddUnnoticed("first");
        await _ending.CancelAsync();

        await EndAsync(Relay().LeadAsync(_ending.Token));

        Assert.Equal(["1"], _outbox.Waiting); // for the next leader
    }

    [Fact]
    public async Task Lead_LastRoundFails_LeavesTheMessagesAndEnds()
    {
        await _ending.CancelAsync();
        _publisher.Failures = 1;
        _outbox.AddUnnoticed("1");

        await EndAsync(Relay().LeadAsync(_ending.Token));

        Assert.Equal(["1"], _outbox.Waiting);
    }

    public void Dispose() => _ending.Dispose();

    private OutboxRelay Relay() => new(
        _outbox, _publisher, Options.Create(new OutboxOptions { BatchSize = BatchSize, RetryInterval = TimeSpan.FromTicks(1) }),
        TimeProvider.System, NullLogger<OutboxRelay>.Instance);

    private async Task EndAsync(Task leading)
    {
        await _ending.CancelAsync();
        await leading.WaitAsync(TestTimeouts.Hang);
    }
}
