namespace Quiesce.Hosting.Tests.Lifetime;

/// <summary>The stock console logger writes from a queue: what is in it at the end is written before the process is gone.</summary>
public sealed class ConsoleLoggerTests
{
    /// <summary>More than a pipe holds; see HostProgram's Talk.</summary>
    private const int Lines = 2400;

    [Fact]
    public async Task Process_PipeIsReadSlowlyAtFirst_EveryLineAndTheSummaryArrive()
    {
        // Arrange
        await using ChildProcess child = ChildProcess.Start("HostProgram", "talkative");
        await child.Output.ContainingAsync("Application started");
        TaskCompletionSource readOn = child.HoldOutput();

        // Act
        child.Send(ShutdownSignal.Terminate);
        await child.Output.ContainingAsync("disposing"); // on standard error, from a service that goes before the logger does
        bool wasQueued = !child.Output.All.Contains($"line {Lines - 1} ", StringComparison.Ordinal);
        readOn.SetResult();
        int exitCode = await child.ExitAsync();

        // Assert
        string[] lines = [.. child.Output.Snapshot().Select(static line => line.Trim())];
        Assert.True(wasQueued);
        Assert.Equal(
            Enumerable.Range(0, Lines).Select(static number => $"line {number} of a service that has much to say before it leaves"),
            lines.Where(static line => line.StartsWith("line ", StringComparison.Ordinal)));
        Assert.Contains(lines, static line => line.StartsWith("Shut down in", StringComparison.Ordinal));
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
    }
}
