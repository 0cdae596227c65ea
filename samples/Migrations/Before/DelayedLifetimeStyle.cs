namespace Migrations.Before;

/// <summary>The lifetime of dotnet/dotnet-docker's sample graceful-shutdown.</summary>
internal sealed class DelayedLifetimeStyle : IStyle
{
    public void Configure(WebApplicationBuilder builder)
    {
        // snippet: delayed-lifetime before
        builder.Services.AddSingleton<IHostLifetime, DelayedLifetime>();
        // end
    }
}
