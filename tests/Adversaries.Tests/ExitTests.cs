using System.Diagnostics;
using System.Globalization;

namespace Adversaries.Tests;

/// <summary>The way out of the process is blocked, or somebody else takes it.</summary>
[Trait("Size", "Full")]
public sealed class ExitTests : AdversaryTests
{
    [Theory]
    [InlineData("plain", "BlockedExitHandler", ShutdownExitCode.DeadlineEnforced)]
    [InlineData("host", "BlockedExitHandler", ShutdownExitCode.DeadlineEnforced)]
    [InlineData("plain", "BlockedFinalizer", ShutdownExitCode.DeadlineEnforced)]
    [InlineData("host", "BlockedFinalizer", ShutdownExitCode.DeadlineEnforced)]
    [InlineData("plain", "ForegroundThread", ShutdownExitCode.DeadlineEnforced)]
    [InlineData("host", "ForegroundThread", ShutdownExitCode.DeadlineEnforced)]
    [InlineData("plain", "HungMain", ShutdownExitCode.DeadlineEnforced)]
    [InlineData("host", "HungMain", ShutdownExitCode.DeadlineEnforced)]
    [InlineData("plain", "ExitBySomebodyHangs", ShutdownExitCode.DeadlineEnforced, "'exits' \\(.*\\) ignored its limit in Release")]
    [InlineData("host", "ExitBySomebodyHangs", ShutdownExitCode.DeadlineEnforced, "'exits' \\(.*\\) ignored its limit in Release")]
    public Task Sigterm_ExitIsBlocked_EndsBeforeTheGraceWithItsCode(string mode, string adversary, int exitCode, string named = "") =>
        HoldAsync(mode, adversary, exitCode, named);

    [Theory]
    [InlineData("plain")]
    [InlineData("host")]
    public Task Sigterm_SomebodyExitsMeanwhile_KeepsTheirCodeAndSaysSo(string mode) => Repetitions.RunAsync(async () =>
    {
        // Arrange
        await using var process = new AdversaryProcess(mode, "ExitBySomebody");
        await process.ReadyAsync();

        // Act
        int exitCode = await process.TerminateAsync();

        // Assert
        Assert.Equal(7, exitCode);
        Assert.Contains("exits with code 7 before it has shut down", process.Errors.All, StringComparison.Ordinal);
        AssertSaid(process, exitCode);
    });

    [Theory]
    [InlineData("plain")]
    [InlineData("host")]
    public Task Sigterm_HasAChildProcess_LeavesItAlone(string mode) => Repetitions.RunAsync(async () =>
    {
        // Arrange
        await using var process = new AdversaryProcess(mode, "ChildOfItsOwn");
        await process.ReadyAsync();
        string line = await process.Output.ContainingAsync("child ");
        using Process child = Process.GetProcessById(int.Parse(line.Split((char)32)[1], CultureInfo.InvariantCulture));
        try
        {
            // Act
            int exitCode = await process.TerminateAsync();

            // Assert
            Assert.Equal((ShutdownExitCode.Clean, false), (exitCode, child.HasExited));
        }
        finally { child.Kill(); }
    });
}
