namespace Adversaries.Tests;

/// <summary>A channel of the report cannot be written: the others still are, and the end comes in time.</summary>
[Trait("Size", "Full")]
public sealed class ChannelTests : AdversaryTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("host")]
    public Task Sigterm_StandardErrorIsClosed_EndsBeforeTheGraceAndWritesTheFile(string mode) =>
        HoldAsync(mode, new Launch { Through = ["sh", "-c", "exec \"$0\" \"$@\" 2>&-"] });

    [Theory]
    [InlineData("plain")]
    [InlineData("host")]
    public Task Sigterm_ReaderOfStandardErrorHasGone_EndsBeforeTheGraceAndWritesTheFile(string mode) =>
        HoldAsync(mode, new Launch { ErrorsAreRead = false, ErrorsAreShut = true });

    [Theory]
    [InlineData("plain")]
    [InlineData("host")]
    public Task Sigterm_NobodyReadsStandardError_EndsBeforeTheGraceAndWritesTheFile(string mode) =>
        HoldAsync(mode, new Launch { ErrorsAreRead = false }, "FullStandardError");

    [Theory]
    [InlineData("mount -t tmpfs -o ro none disk")]
    [InlineData("mount -t tmpfs -o size=4k none disk; head -c 8192 /dev/zero >disk/full 2>&-")]
    public Task Sigterm_DiskIsReadOnlyOrFull_EndsBeforeTheGraceAndSaysSo(string mount)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "A file system of its own can be mounted by root only.");
        var launch = new Launch
        {
            Through = ["unshare", "--mount", "sh", "-c", $"mkdir disk; {mount}; exec \"$0\" \"$@\""],
            ReportFile = "disk/report.json",
        };
        return Repetitions.RunAsync(async () =>
        {
            // Arrange
            await using var process = new AdversaryProcess("plain", "HungMain", launch);
            await process.ReadyAsync();

            // Act
            int exitCode = await process.TerminateAsync();

            // Assert
            Assert.Equal(ShutdownExitCode.DeadlineEnforced, exitCode);
            Assert.Contains("is ended now with exit code 82.", process.Errors.All, StringComparison.Ordinal);
            Assert.Contains("did not reach", process.Errors.All, StringComparison.Ordinal);
        });
    }

    private static Task HoldAsync(string mode, Launch launch, string adversary = "HungMain") => Repetitions.RunAsync(async () =>
    {
        await using var process = new AdversaryProcess(mode, adversary, launch);
        await process.ReadyAsync();
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, await process.TerminateAsync());
        AssertWritten(process, ShutdownExitCode.DeadlineEnforced);
    });
}
