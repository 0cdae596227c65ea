namespace Adversaries.Tests;

/// <summary>The host itself does not start, stop, or come apart.</summary>
[Trait("Size", "Full")]
public sealed class HostedTests : AdversaryTests
{
    [Theory]
    [InlineData("host", "HungStart", ShutdownExitCode.StartupAborted)]
    [InlineData("host", "HungStop", ShutdownExitCode.ReleaseFailed, "'host' ignored its limit in Release")]
    [InlineData("host", "BlockedStop", ShutdownExitCode.ReleaseFailed, "'host' ignored its limit in Release")]
    [InlineData("host", "DeadlockedDisposal", ShutdownExitCode.DeadlineEnforced)]
    public Task Sigterm_HostHangs_EndsBeforeTheGraceWithItsCode(string mode, string adversary, int exitCode, string named = "") =>
        HoldAsync(mode, adversary, exitCode, named);
}
