namespace Migrations.Before;

/// <summary>Nothing in the program: the manifest has it. The wrapper in eng/rehearse-migrations sleeps as the preStop hook does.</summary>
internal sealed class PreStopSleep : IStyle
{
    public void Configure(WebApplicationBuilder builder)
    {
    }
}
