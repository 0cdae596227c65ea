using Quiesce.Cli.Rehearse.Balancers;

namespace Quiesce.Cli.Tests.Load;

/// <summary>Has nobody to offer, and tells when it is asked: by the thread that sends the request.</summary>
internal sealed class AskedBalancer(Action onAsked) : IBalancer
{
    public string Name => "asked";

    public Endpoint? Choose()
    {
        onAsked();
        return null;
    }

    public Task AddAsync(Endpoint endpoint, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<long?> RemoveAsync(Endpoint endpoint, CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
