namespace Compatibility.Tests.Recipes;

/// <summary>What a test sees of the consumers of one instance, and how it lets them end.</summary>
public sealed class Payments
{
    private readonly TaskCompletionSource _finish = Completion.New();
    private readonly Lines _begun = new();
    private readonly Lines _done = new();

    public IReadOnlyList<string> Done => _done.Snapshot();

    public Task BegunAsync(string order) => _begun.ContainingAsync(order);

    public Task DoneAsync(string order) => _done.ContainingAsync(order);

    public void Finish() => _finish.TrySetResult();

    public async Task PayAsync(string order)
    {
        _begun.Add(order);
        await _finish.Task.OrHang();
        _done.Add(order);
    }
}
