namespace Migrations;

/// <summary>One way to leave.</summary>
internal interface IStyle
{
    void Configure(WebApplicationBuilder builder);

    void Map(WebApplication app) => app.MapGet("/readyz", static () => "ready");

    async Task<int> RunAsync(WebApplication app)
    {
        await app.RunAsync();
        return 0;
    }
}
