namespace Migrations.Before;

/// <summary>Gives requests in flight more time, and new ones none.</summary>
internal sealed class ShutdownTimeoutAlone : IStyle
{
    public void Configure(WebApplicationBuilder builder)
    {
        // snippet: shutdown-timeout before
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromSeconds(60));
        // end
    }
}
