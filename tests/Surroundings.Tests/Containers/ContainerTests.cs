namespace Surroundings.Tests.Containers;

/// <summary>The program is process 1 of a real container, and podman stops it.</summary>
[Trait("Size", "Full")]
public sealed class ContainerTests(Podman podman) : IClassFixture<Podman>
{
    private const int Killed = 137;

    [Fact]
    public async Task Stop_WorkEndsInTime_LeavesByItselfWithZero()
    {
        // Arrange
        await using ChildProcess container = Run("calm", grace: 20);
        await container.Output.ContainingAsync("pid 1");
        await container.Output.ContainingAsync("Application started");

        // Act
        Task stopping = podman.DoAsync("stop", "--time", "20", "calm");
        await container.Output.ContainingAsync("draining");
        container.WriteLine("go on");
        int exitCode = await container.ExitAsync();
        await stopping;

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
        Assert.Contains("ledger disposed", container.Output.Snapshot());
    }

    [Fact]
    public async Task Stop_WorkNeverEnds_LeavesByItselfBeforeTheGraceAndSaysSo()
    {
        // Arrange
        await using ChildProcess container = Run("stuck", grace: 8);
        await container.Output.ContainingAsync("Application started");

        // Act
        await podman.DoAsync("stop", "--time", "8", "stuck");

        // Assert
        Assert.Equal(ShutdownExitCode.WorkAbandoned, await container.ExitAsync());
    }

    [Fact]
    public async Task Stop_GraceIsLongerThanPodmans_IsKilled()
    {
        // Arrange: what the other tests would see if nothing ended the process in time
        await using ChildProcess container = Run("killed", grace: 60);
        await container.Output.ContainingAsync("Application started");

        // Act
        await podman.DoAsync("stop", "--time", "1", "killed");

        // Assert
        Assert.Equal(Killed, await container.ExitAsync());
    }

    private ChildProcess Run(string name, int grace) => podman.Run(
        name, podman.NewRoot(), ["--env", $"QUIESCE_GRACE_PERIOD={grace}"], "/dotnet/dotnet", "/app/HostProgram.dll", "holds-a-unit");
}
