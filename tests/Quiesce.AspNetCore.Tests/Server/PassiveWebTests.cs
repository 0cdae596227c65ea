extern alias web;

using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Quiesce.AspNetCore.Tests.Server;

public sealed class PassiveWebTests
{
    [Fact]
    public async Task TestServers_TwoInParallel_ServeAndRunTheirHooksAndLeaveTheProcessAlone()
    {
        await Task.WhenAll(RunAsync(), RunAsync()).OrHang();

        static async Task RunAsync()
        {
            await using var factory = new WebApplicationFactory<web::Program>();
            using HttpClient client = factory.CreateClient();
            Assert.Equal("hello", await client.GetStringAsync("/"));
            GracefulShutdown shutdown = factory.Services.GetRequiredService<GracefulShutdown>();

            await factory.Services.GetRequiredService<IHost>().StopAsync();

            ShutdownReport report = await shutdown.Completion;
            Assert.Equal(ShutdownTrigger.HostStopped, report.Reason.Trigger);
            Assert.Contains(report.Participants, static part => part is { Name: "ledger", Outcome: StepOutcome.Completed });
        }
    }

    [Fact]
    [Trait("Size", "Full")]
    public async Task TestServer_CtrlC_StillEndsTheTestRunner()
    {
        await using ChildProcess runner = ChildProcess.Start("RunnerProgram");
        await runner.Output.ContainingAsync("tests run");

        runner.Send(ShutdownSignal.Interrupt);

        Assert.Equal(128 + (int)ShutdownSignal.Interrupt, await runner.ExitAsync());
    }
}
