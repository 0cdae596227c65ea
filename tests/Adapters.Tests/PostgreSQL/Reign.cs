namespace Adapters.Tests.PostgreSQL;

/// <summary>One time as the leader: it ends when it is told to.</summary>
internal sealed class Reign
{
    private readonly TaskCompletionSource _began = Completion.New();
    private readonly TaskCompletionSource _ended = Completion.New();

    public Task Began => _began.Task;

    public Task Ended => _ended.Task;

    public async Task LeadAsync(CancellationToken stop)
    {
        var told = Completion.New();
        await using CancellationTokenRegistration end = stop.Register(told.SetResult);
        _began.SetResult();
        await told.Task;
        _ended.SetResult();
    }
}
