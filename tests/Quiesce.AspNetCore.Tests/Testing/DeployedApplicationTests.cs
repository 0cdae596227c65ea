extern alias web;

using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
            .WithWebHostBuilder(builder => builder.ConfigureServices(orchestrator.Deploy));
        using HttpClient client = factory.CreateClient();
        Assert.Equal("hello", await client.GetStringAsync("/"));
        GracefulShutdown shutdown = factory.Services.GetRequiredService<GracefulShutdown>();

        ProcessExit exit = await orchestrator.StopAsync(factory.Services.GetRequiredService<IHost>().WaitForShutdownAsync());

        Assert.Equal(new ProcessExit(0, ProcessExitCause.ByItself), exit);
        (await shutdown.Completion).AssertNothingLost();
    }
}
