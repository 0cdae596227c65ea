namespace Adversaries.Tests;

/// <summary>The host itself does not start, stop, or come apart.</summary>
[Trait("Size", "Full")]
public sealed class HostedTests : AdversaryTests
{
    [Theory]
    [InlineData("host", "HungStart", ShutdownExitCode.StartupAborted)]
    [InlineData("host", "HungStop", ShutdownExitCode.ReleaseFailed)]
    [InlineData("host", "BlockedStop", ShutdownExitCode.ReleaseFailed)]
    [InlineData("host", "DeadlockedDisposal", ShutdownExitCode.DeadlineEnforced)]
    public Task Sigterm_HostHangs_EndsBeforeTheGraceWithItsCode(string mode, string adversary, int exitCode) =>
        HoldAsync(mode, adversary, exitCode);
}
