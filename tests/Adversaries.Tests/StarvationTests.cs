namespace Adversaries.Tests;

/// <summary>No thread and no time is left for the shutdown.</summary>
[Trait("Size", "Full")]
public sealed class StarvationTests : AdversaryTests
{
    [Theory]
    [InlineData("plain", "StarvedPool", ShutdownExitCode.DeadlineEnforced)]
    [InlineData("host", "StarvedPool", ShutdownExitCode.DeadlineEnforced)]
    [InlineData("plain", "ManyUnits", ShutdownExitCode.WorkAbandoned)]
    [InlineData("host", "ManyUnits", ShutdownExitCode.WorkAbandoned)]
    public Task Sigterm_ResourcesAreExhausted_EndsBeforeTheGraceWithItsCode(string mode, string adversary, int exitCode) =>
        HoldAsync(mode, adversary, exitCode);

    [Theory]
    [InlineData("plain")]
    [InlineData("host")]
    public Task Sigterm_HookSpins_IsLeftBehind(string mode) => Repetitions.RunAsync(
        async () =>
        {
            await using var process = new AdversaryProcess(mode, "EndlessLoop");
            await process.ReadyAsync();
            Assert.Equal(ShutdownExitCode.ReleaseFailed, await process.TerminateAsync());
            AssertSaid(process, ShutdownExitCode.ReleaseFailed);
        },
        atOnce: 1); // a core each

    [Fact]
    public Task Sigterm_PoolIsStarved_StillTellsWorkToStop() => Repetitions.RunAsync(async () =>
    {
        // Arrange
        await using var process = new AdversaryProcess("plain", "StarvedPoolWithHandBack");
        await process.ReadyAsync();

        // Act
        int exitCode = await process.TerminateAsync();

        // Assert
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, exitCode);
        Assert.Contains("handed back", process.Output.All, StringComparison.Ordinal);
    });
}
