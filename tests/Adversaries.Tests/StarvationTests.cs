namespace Adversaries.Tests;

/// <summary>No thread and no time is left for the shutdown.</summary>
[Trait("Size", "Full")]
public sealed class StarvationTests : AdversaryTests
{
    [Theory]
    [InlineData("plain", "StarvedPool", ShutdownExitCode.DeadlineEnforced, "Not shut down after")]
    [InlineData("host", "StarvedPool", ShutdownExitCode.DeadlineEnforced, "Not shut down after")]
    [InlineData("plain", "ManyUnits", ShutdownExitCode.WorkAbandoned, "10000 of them ignored it")]
    [InlineData("host", "ManyUnits", ShutdownExitCode.WorkAbandoned, "10000 of them ignored it")]
    public Task Sigterm_ResourcesAreExhausted_EndsBeforeTheGraceWithItsCode(string mode, string adversary, int exitCode, string named) =>
        HoldAsync(mode, adversary, exitCode, named);

    [Theory]
    [InlineData("plain")]
    [InlineData("host")]
    public Task Sigterm_HookSpins_IsLeftBehind(string mode) => Repetitions.RunAsync(
        async () =>
        {
            await using var process = new AdversaryProcess(mode, "EndlessLoop");
            await process.ReadyAsync();
            Assert.Equal(ShutdownExitCode.ReleaseFailed, await process.TerminateAsync());
            AssertSaid(process, ShutdownExitCode.ReleaseFailed, "'spins' \\(.*\\) ignored its limit in Release");
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
