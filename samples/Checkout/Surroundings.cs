namespace Checkout;

/// <summary>What a command that is no service is told: <c>appsettings.json</c> beside the program, and the environment.</summary>
internal static class Surroundings
{
    public static IConfiguration Read() => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .Build();
}
