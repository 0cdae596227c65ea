using System.Text.Json;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Process;

/// <summary>Real processes, real signals. Each has a grace of 3 s, after which it is killed as an orchestrator would.</summary>
[Trait("Kind", "Process")]
[Collection("Real processes")] // one after the other: each has a grace of seconds
public sealed class RealProcessTests
{
    private const int KilledByAlarm = 128 + 14;
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(ProgramUnderTest.Terminate)]
    [InlineData(ProgramUnderTest.Interrupt)]
    public async Task Signal_ProgramDrains_ReleasesAndExitsWithZero(int signal)
    {
        // Arrange
        await using ProgramUnderTest program = ProgramUnderTest.Start("drains");
        await program.WaitForLineAsync("ready");

        // Act
        program.Signal(signal);
        await program.WaitForLineAsync("draining");
        await program.WaitForLineAsync("released");
        (int exitCode, string errors) = await program.EndWithinAsync(_grace);

        // Assert
        Assert.Equal((ShutdownExitCode.Clean, ""), (exitCode, errors));
    }

    [Fact]
    public async Task Sigterm_Repeated_IsIgnored()
    {
        // Arrange
        await using ProgramUnderTest program = ProgramUnderTest.Start("drains on request", grace: "60");
        await program.WaitForLineAsync("ready");
        program.Signal(ProgramUnderTest.Terminate);
        await program.WaitForLineAsync("draining");

        // Act
        program.Signal(ProgramUnderTest.Terminate);
        program.Signal(ProgramUnderTest.Interrupt);
        await program.WriteLineAsync("go on");
        await program.WaitForLineAsync("released");
        (int exitCode, _) = await program.EndWithinAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
    }

    [Theory]
    [InlineData("hangs everywhere")]
    [InlineData("starves the pool")]
    [InlineData("leaves a foreground thread")]
    [InlineData("blocks its exit handler")]
    public async Task Sigterm_ProgramHangs_IsEndedBeforeTheGrace(string behaviour)
    {
        // Arrange
        await using ProgramUnderTest program = ProgramUnderTest.Start(behaviour);
        await program.WaitForLineAsync("ready");

        // Act
        program.Signal(ProgramUnderTest.Terminate);
        (int exitCode, string errors) = await program.EndWithinAsync(_grace);

        // Assert
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, exitCode);
        Assert.Contains("is ended now with exit code 82", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sigterm_RuntimeStandsStill_IsEndedByTheKernelBeforeTheGrace()
    {
        // Arrange
        await using ProgramUnderTest program = ProgramUnderTest.Start("freezes the runtime");
        await program.WaitForLineAsync("ready");

        // Act
        program.Signal(ProgramUnderTest.Terminate);
        (int exitCode, _) = await program.EndWithinAsync(_grace);

        // Assert
        Assert.Equal(KilledByAlarm, exitCode);
    }

    [Fact]
    public async Task Sigterm_NobodyReadsStandardError_EndsByItselfWithItsOwnCode()
    {
        // Arrange
        await using ProgramUnderTest program = ProgramUnderTest.Start("fills standard error", readErrors: false);
        await program.WaitForLineAsync("ready");

        // Act
        program.Signal(ProgramUnderTest.Terminate);
        (int exitCode, _) = await program.EndWithinAsync(_grace);

        // Assert
        Assert.Equal(ShutdownExitCode.WorkAbandoned, exitCode);
    }

    [Fact]
    public async Task Program_Throws_ExitsWithOneAndSaysWhy()
    {
        // Act
        await using ProgramUnderTest program = ProgramUnderTest.Start("throws");
        (int exitCode, string errors) = await program.EndWithinAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(ShutdownExitCode.ProgramFailed, exitCode);
        Assert.Contains("no such file", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_GraceIsUnreadable_IsRefusedInWords()
    {
        // Act
        await using ProgramUnderTest program = ProgramUnderTest.Start("drains", grace: "soon");
        (int exitCode, string errors) = await program.EndWithinAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(ShutdownExitCode.StartupAborted, exitCode);
        Assert.Contains("QUIESCE_GRACE_PERIOD is 'soon', which is no duration.", errors, StringComparison.Ordinal);
    }
}
