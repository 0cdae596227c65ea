namespace Quiesce.Hosting.Tests.Lifetime;

/// <summary>What a start says about a stop.</summary>
public sealed class PlanTests
{
    [Fact]
    public async Task Start_NobodyAnnounces_PromisesNoAnnounce()
    {
        // Arrange
        using HostUnderTest host = HostUnderTest.Build();

        // Act
        await host.StartAsync();
        await host.Process.Logs.Lines.ContainingAsync("Told to stop, it has a grace of 30 s: it cancels work after 20 s, is done after 27 s.");
        host.Process.Signals.Raise(ShutdownSignal.Terminate);

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, await host.ExitCode.OrHang());
    }
}
