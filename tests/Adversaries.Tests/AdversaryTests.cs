using System.Text.Json;

namespace Adversaries.Tests;

/// <summary>What every adversary is held to: gone before its grace by itself, with the documented code, the reason on each channel.</summary>
public abstract class AdversaryTests
{
    private protected static Task HoldAsync(string mode, string adversary, int exitCode, string named = "") => Repetitions.RunAsync(async () =>
    {
        await using var process = new AdversaryProcess(mode, adversary);
        await process.ReadyAsync();
        int actual = await process.TerminateAsync();
        Assert.True(exitCode == actual, $"{mode} {adversary}: {exitCode} was due, it ended with {actual}.\n{process.Output.All}\n{process.Errors.All}");
        AssertSaid(process, exitCode, named);
    });

    /// <summary>Asserts that each channel has the report with its exit code, and who is to blame: a pattern.</summary>
    private protected static void AssertSaid(AdversaryProcess process, int exitCode, string named = "")
    {
        AssertWritten(process, exitCode, named);
        if (exitCode == ShutdownExitCode.Clean) { return; }

        // In the log, or on standard error if the log could not be written.
        string said = $"{process.Output.All}\n{process.Errors.All}";
        Assert.Contains($", exit code {exitCode}.", said, StringComparison.Ordinal);
        Assert.Matches(named, said);
        if (exitCode is not (ShutdownExitCode.DeadlineEnforced or ShutdownExitCode.StartupAborted)) { return; }

        Assert.Contains($"is ended now with exit code {exitCode}.", process.Errors.All, StringComparison.Ordinal);
        Assert.DoesNotContain("before it has shut down", process.Errors.All, StringComparison.Ordinal); // that would be somebody else's exit
        Assert.Matches($"(?m)^Quiesce: (Shut down in|Not shut down after).*, exit code {exitCode}\\.", process.Errors.All);
    }

    /// <summary>The same for the two files alone: standard error cannot be written.</summary>
    private protected static void AssertWritten(AdversaryProcess process, int exitCode, string named = "")
    {
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(process.ReportFile));
        Assert.Equal(exitCode, report.RootElement.GetProperty("exitCode").GetInt32());
        string message = File.ReadAllText(process.TerminationMessageFile);
        Assert.Contains($", exit code {exitCode}.", message, StringComparison.Ordinal);
        Assert.Matches(named, message);
    }
}
