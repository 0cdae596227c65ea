using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>Shutdowns in which everybody does what was asked.</summary>
public sealed class CalmShutdownTests
{
    [Fact]
    public async Task Shutdown_NobodyHasAPart_CompletesWithCodeZero()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();

        // Act
        ShutdownReport report = await shutdown.StopAsync();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
        Assert.Equal([ShutdownPhase.StopAccepting, ShutdownPhase.Drain, ShutdownPhase.Release], report.Phases.Select(phase => phase.Phase));
    }
}
