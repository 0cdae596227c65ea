using System.Text.Json;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Process;

/// <summary>What a real process leaves behind when its channels cannot be written.</summary>
[Trait("Kind", "Process")]
[Collection("Real processes")] // one after the other: each has a grace of seconds
public sealed class RealProcessReportTests
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Sigterm_NobodyReadsStandardOutput_StandardErrorSaysWhatWasLostAllTheSame()
    {
        // Arrange: the log is on the console too, and waits for its lock
        await using ProgramUnderTest program = ProgramUnderTest.Start("fills standard output");
        await program.WaitForLineAsync("ready");

        // Act
        program.Signal(ProgramUnderTest.Terminate);
        (int exitCode, string errors) = await program.EndWithinAsync(_grace);

        // Assert
        Assert.Equal(ShutdownExitCode.WorkAbandoned, exitCode);
        Assert.Contains("exit code 80. 1 unit of work", errors, StringComparison.Ordinal);
        Assert.Contains("The report did not reach the log in time.", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hangs before the drain", "consumer")]
    [InlineData("starves the pool", "Not shut down after")]
    public async Task Sigterm_PoolIsStarved_LeavesAReportOnEveryChannel(string behaviour, string named)
    {
        // Arrange
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["termination"], "");
        await using ProgramUnderTest program = ProgramUnderTest.Start(behaviour, environment: new Dictionary<string, string>
        {
            ["QUIESCE_REPORT_FILE"] = folder["report.json"], ["TERMINATION_MESSAGE_FILE"] = folder["termination"],
        });
        await program.WaitForLineAsync("ready");

        // Act
        program.Signal(ProgramUnderTest.Terminate);
        (int exitCode, string errors) = await program.EndWithinAsync(_grace);

        // Assert
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, exitCode);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder["report.json"]));
        Assert.Equal((82, false), (report.RootElement.GetProperty("exitCode").GetInt32(), report.RootElement.GetProperty("complete").GetBoolean()));
        Assert.Contains(named, File.ReadAllText(folder["termination"]), StringComparison.Ordinal);
        Assert.Contains("Quiesce: Not shut down after", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/full", "IOException")]
    [InlineData("/proc/self/mem", "report did not reach the termination message")]
    public async Task Sigterm_ReportCannotBeWritten_SaysSoAndKeepsTheExitCode(string terminationMessage, string why)
    {
        // Arrange
        using var folder = new TemporaryFolder();
        await using ProgramUnderTest program = ProgramUnderTest.Start("drains", environment: new Dictionary<string, string>
        {
            ["QUIESCE_REPORT_FILE"] = folder["missing/report.json"], ["TERMINATION_MESSAGE_FILE"] = terminationMessage,
        });
        await program.WaitForLineAsync("ready");

        // Act
        program.Signal(ProgramUnderTest.Terminate);
        (int exitCode, string errors) = await program.EndWithinAsync(_grace);

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
        Assert.Contains($"did not reach the report file '{folder["missing/report.json"]}': DirectoryNotFoundException", errors, StringComparison.Ordinal);
        Assert.Contains(why, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sigterm_NobodyReadsStandardError_StillWritesTheFile()
    {
        // Arrange
        using var folder = new TemporaryFolder();
        await using ProgramUnderTest program = ProgramUnderTest.Start(
            "fills standard error", readErrors: false, environment: new Dictionary<string, string> { ["QUIESCE_REPORT_FILE"] = folder["report.json"] });
        await program.WaitForLineAsync("ready");

        // Act
        program.Signal(ProgramUnderTest.Terminate);
        await program.EndWithinAsync(_grace);

        // Assert
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder["report.json"]));
        Assert.Equal(ShutdownExitCode.WorkAbandoned, report.RootElement.GetProperty("exitCode").GetInt32());
    }

    [Theory]
    [InlineData("drains", ShutdownExitCode.Clean)]
    [InlineData("hangs everywhere", ShutdownExitCode.DeadlineEnforced)]
    public async Task Sigterm_StandardErrorIsClosed_KeepsTheExitCodeAndWritesTheFile(string behaviour, int expected)
    {
        // Arrange: the termination message fails too, and that would be said on standard error
        using var folder = new TemporaryFolder();
        await using ProgramUnderTest program = ProgramUnderTest.Start(
            behaviour,
            wrapper: ["/bin/sh", "-c", "exec \"$@\" 2>&-", "sh"],
            environment: new Dictionary<string, string>
            {
                ["QUIESCE_REPORT_FILE"] = folder["report.json"], ["TERMINATION_MESSAGE_FILE"] = "/dev/full",
            });
        await program.WaitForLineAsync("ready");

        // Act
        program.Signal(ProgramUnderTest.Terminate);
        (int exitCode, _) = await program.EndWithinAsync(_grace);

        // Assert
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder["report.json"]));
        Assert.Equal((expected, expected), (exitCode, report.RootElement.GetProperty("exitCode").GetInt32()));
    }

    [Fact]
    public async Task Sigterm_DiskIsFull_SaysSoAndKeepsTheExitCode()
    {
        // Arrange: a disk of one page, full, that only the program sees and that goes with it
        using var folder = new TemporaryFolder();
        const string FillDisk = "mount -t tmpfs -o size=4k none \"$0\" && head -c 4096 /dev/zero >\"$0/full\" && exec \"$@\"";
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may mount.");
        Directory.CreateDirectory(folder["disk"]);
        await using ProgramUnderTest program = ProgramUnderTest.Start(
            "drains",
            wrapper: ["unshare", "--mount", "/bin/sh", "-c", FillDisk, folder["disk"]],
            environment: new Dictionary<string, string> { ["QUIESCE_REPORT_FILE"] = folder["disk/report.json"] });
        await program.WaitForLineAsync("ready");

        // Act
        program.Signal(ProgramUnderTest.Terminate);
        (int exitCode, string errors) = await program.EndWithinAsync(_grace);

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
        Assert.Contains($"The report did not reach the report file '{folder["disk/report.json"]}': IOException: No space left on device", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ReportFileIsADevice_IsRefusedInWords()
    {
        // Act
        await using ProgramUnderTest program = ProgramUnderTest.Start(
            "drains", environment: new Dictionary<string, string> { ["QUIESCE_REPORT_FILE"] = "/dev/stdout" });
        (int exitCode, string errors) = await program.EndWithinAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(ShutdownExitCode.StartupAborted, exitCode);
        Assert.Contains("QUIESCE_REPORT_FILE is '/dev/stdout', which is no regular file.", errors, StringComparison.Ordinal);
    }
}
