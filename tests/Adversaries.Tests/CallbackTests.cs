namespace Adversaries.Tests;

/// <summary>What is called during the shutdown blocks, throws, or calls back.</summary>
[Trait("Size", "Full")]
public sealed class CallbackTests : AdversaryTests
{
    [Theory]
    [InlineData("plain", "BlockedEverywhere", ShutdownExitCode.DeadlineEnforced)]
    [InlineData("host", "BlockedEverywhere", ShutdownExitCode.DeadlineEnforced)]
    [InlineData("plain", "BlockedTokenCallbacks", ShutdownExitCode.WorkAbandoned)]
    [InlineData("host", "BlockedTokenCallbacks", ShutdownExitCode.WorkAbandoned)]
    [InlineData("plain", "ThrowsEverywhere", ShutdownExitCode.WorkAbandoned)]
    [InlineData("host", "ThrowsEverywhere", ShutdownExitCode.WorkAbandoned)]
    [InlineData("plain", "AsksAgain", ShutdownExitCode.Clean)]
    [InlineData("host", "AsksAgain", ShutdownExitCode.Clean)]
    [InlineData("host", "StopsTheHostAgain", ShutdownExitCode.Clean)]
    [InlineData("plain", "BlockedLogger", ShutdownExitCode.Clean)]
    [InlineData("host", "BlockedLogger", ShutdownExitCode.Clean)]
    public Task Sigterm_CallbacksMisbehave_EndsBeforeTheGraceWithItsCode(string mode, string adversary, int exitCode) =>
        HoldAsync(mode, adversary, exitCode);
}
