using Quiesce;

namespace Migrations.After;

/// <summary>Where all four end up.</summary>
internal sealed class WithQuiesce : IStyle
{
    public void Configure(WebApplicationBuilder builder)
    {
        // snippet: after, the builder
        builder.AddGracefulShutdown();
        // end
    }

    public void Map(WebApplication app)
    {
        // snippet: after, the application
        app.MapShutdownHealth();
        // end
    }

    // snippet: after, the run
    public Task<int> RunAsync(WebApplication app) => app.RunGracefullyAsync();
    // end
}
