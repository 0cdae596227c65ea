namespace Compatibility.Tests.Support;

/// <summary>A request that a test holds in the middle of its work while the service is told to leave.</summary>
internal sealed class SlowRequest
{
    /// <summary>Long enough to be worth compressing.</summary>
    public static readonly string Answer = string.Concat(Enumerable.Repeat("all of it. ", 1000));

    private readonly TaskCompletionSource _begun = Completion.New();
    private readonly TaskCompletionSource _finish = Completion.New();

    /// <summary>Gets a task that completes once the request is being worked on.</summary>
    public Task Begun => _begun.Task;

    public void Finish() => _finish.TrySetResult();

    /// <summary>The work, as a handler of any framework calls it.</summary>
    public async Task<string> WorkAsync()
    {
        _begun.TrySetResult();
        await _finish.Task.OrHang();
        return Answer;
    }
}
