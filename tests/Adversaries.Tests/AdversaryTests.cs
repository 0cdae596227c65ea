namespace Adversaries.Tests;

/// <summary>What every adversary is held to: gone before its grace by itself, with the documented code, the reason on each channel.</summary>
public abstract class AdversaryTests
{
    private protected static Task HoldAsync(string mode, string adversary, int exitCode) => Repetitions.RunAsync(async () =>
    {
        await using var process = new AdversaryProcess(mode, adversary);
        await process.ReadyAsync();
        int actual = await process.TerminateAsync();
        Assert.True(exitCode == actual, $"{mode} {adversary}: {exitCode} was due, it ended with {actual}.\n{process.Output.All}\n{process.Errors.All}");
        AssertSaid(process, exitCode);
    });

    private protected static void AssertSaid(AdversaryProcess process, int exitCode)
    {
        bool byForce = exitCode is ShutdownExitCode.DeadlineEnforced or ShutdownExitCode.StartupAborted;
        if (byForce) { Assert.Contains($"is ended now with exit code {exitCode}.", process.Errors.All, StringComparison.Ordinal); }

        Assert.Contains($"\"exitCode\": {exitCode}", File.ReadAllText(process.ReportFile), StringComparison.Ordinal);
    }
}
