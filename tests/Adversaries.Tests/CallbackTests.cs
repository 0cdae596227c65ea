namespace Adversaries.Tests;

/// <summary>What is called during the shutdown blocks, throws, or calls back.</summary>
[Trait("Size", "Full")]
public sealed class CallbackTests : AdversaryTests
{
    [Theory]
    [InlineData("plain", "BlockedEverywhere", ShutdownExitCode.DeadlineEnforced, "'blocks' \\(.*\\) ignored its limit in Release")]
    [InlineData("host", "BlockedEverywhere", ShutdownExitCode.DeadlineEnforced, "'blocks' \\(.*\\) ignored its limit in Release")]
    [InlineData("plain", "BlockedTokenCallbacks", ShutdownExitCode.WorkAbandoned, "'program' ignored its limit in Drain")]
    [InlineData("host", "BlockedTokenCallbacks", ShutdownExitCode.WorkAbandoned, "1 of them ignored it")]
    [InlineData("plain", "ThrowsEverywhere", ShutdownExitCode.WorkAbandoned, "'participant' \\(.*\\) failed in Release")]
    [InlineData("host", "ThrowsEverywhere", ShutdownExitCode.WorkAbandoned, "'participant' \\(.*\\) failed in Release")]
    [InlineData("plain", "AsksAgain", ShutdownExitCode.Clean)]
    [InlineData("host", "AsksAgain", ShutdownExitCode.Clean)]
    [InlineData("host", "StopsTheHostAgain", ShutdownExitCode.Clean)]
    [InlineData("plain", "BlockedLogger", ShutdownExitCode.Clean)]
    [InlineData("host", "BlockedLogger", ShutdownExitCode.Clean)]
    public Task Sigterm_CallbacksMisbehave_EndsBeforeTheGraceWithItsCode(string mode, string adversary, int exitCode, string named = "") =>
        HoldAsync(mode, adversary, exitCode, named);
}
