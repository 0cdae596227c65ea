extern alias web;

using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Quiesce.Testing;
using Program = web::Program;

namespace Quiesce.AspNetCore.Tests.Testing;

public sealed class DeployedApplicationTests
{
    /// <summary>What docs/testing.md shows.</summary>
    [Fact]
    public async Task Application_IsToldToStop_LosesNothing()
    {
        var orchestrator = new FakeOrchestrator(gracePeriod: TimeSpan.FromSeconds(30));
        await using WebApplicationFactory<Program> factory = new WebApplicationFactory<Program>()
            .WithWebHostBuilder(builder => builder.ConfigureTestServices(orchestrator.Deploy));
        using HttpClient client = factory.CreateClient();
        Assert.Equal("hello", await client.GetStringAsync("/"));
        GracefulShutdown shutdown = factory.Services.GetRequiredService<GracefulShutdown>();

        ProcessExit exit = await orchestrator.StopAsync(shutdown.Completion);

        Assert.Equal(new ProcessExit(0, ProcessExitCause.ByItself), exit);
        (await shutdown.Completion).AssertNothingLost();
    }

    [Fact]
    public async Task Application_OutsideOfDevelopment_AnnouncesToNobody()
    {
        var orchestrator = new FakeOrchestrator(gracePeriod: TimeSpan.FromSeconds(30));
        await using WebApplicationFactory<Program> factory = new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
        {
            builder.UseEnvironment("Testing");
            builder.ConfigureTestServices(orchestrator.Deploy);
        });
        using HttpClient client = factory.CreateClient();
        Assert.Equal("hello", await client.GetStringAsync("/"));
        GracefulShutdown shutdown = factory.Services.GetRequiredService<GracefulShutdown>();

        await orchestrator.StopAsync(shutdown.Completion).OrHang();

        ShutdownReport report = await shutdown.Completion;
        Assert.Contains("no announce: nobody can connect to a test server", report.Participants.SelectMany(static part => part.Notes));
    }

    [Fact]
    public async Task Application_IsConfiguredWrongly_TheTestSeesTheMistake()
    {
        var orchestrator = new FakeOrchestrator(gracePeriod: TimeSpan.FromSeconds(30));
        await using WebApplicationFactory<Program> factory = new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
        {
            builder.UseSetting("GracefulShutdown:GracePeriod", "30");
            builder.ConfigureTestServices(orchestrator.Deploy);
        });

        ShutdownConfigurationException refused = Assert.Throws<ShutdownConfigurationException>(factory.CreateClient);

        Assert.Contains("00:00:30", refused.Message, StringComparison.Ordinal);
    }
}
