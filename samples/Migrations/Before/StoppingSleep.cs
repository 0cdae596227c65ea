namespace Migrations.Before;

/// <summary>Holds the host's stop up from a callback.</summary>
internal sealed class StoppingSleep : IStyle
{
    public void Configure(WebApplicationBuilder builder)
    {
    }

    public void Map(WebApplication app)
    {
        app.MapGet("/readyz", static () => "ready");
        // snippet: stopping-sleep before
        ManualResetEventSlim wait = new();
        app.Lifetime.ApplicationStopping.Register(() => wait.Wait(TimeSpan.FromSeconds(5))); // as Thread.Sleep(5000)
        // end
    }
}
