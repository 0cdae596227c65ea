namespace Checkout.Shutdown;

/// <summary>With Quiesce.</summary>
internal sealed class QuiesceShutdown : IShutdownStyle
{
    public void Configure(WebApplicationBuilder builder) =>
        throw new UsageException("'--shutdown quiesce' is not wired yet. Use stock or delay.");

    public void MapHealth(WebApplication app) { }

    public Task<int> RunAsync(WebApplication app) => Task.FromResult(0);
}
