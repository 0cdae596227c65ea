using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Adversaries.Tests;

/// <summary>A signal at a random moment, from before the first line of Main until the program is ready.</summary>
[Trait("Size", "Full")]
public sealed class StartupSignalTests(ITestOutputHelper output)
{
    /// <summary>Before the signals are ours the platform's default action ends the process: nothing has begun that could be lost.</summary>
    private const int EndedByTerminate = 128 + 15;

    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(0.6);

    /// <summary>Gets how many signals; <c>QUIESCE_STARTUP_SIGNALS</c> sets it.</summary>
    private static int Count { get; } =
        int.Parse(Environment.GetEnvironmentVariable("QUIESCE_STARTUP_SIGNALS") ?? "12", NumberStyles.None, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("plain")]
    [InlineData("host")]
    [SuppressMessage("Security", "CA5394", Justification = "A schedule that can be repeated, no secret.")]
    public async Task Sigterm_AtARandomMomentOfStartup_EndsCleanOrBeforeAnythingBegan(string mode)
    {
        // Arrange
        int seed = int.Parse(
            Environment.GetEnvironmentVariable("QUIESCE_SEED") ?? Random.Shared.Next().ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var random = new Random(seed);
        TimeSpan[] moments = [.. Enumerable.Range(0, Count).Select(_ => random.NextDouble() * _longestStart)];
        output.WriteLine($"{Count} signals, seed {seed}");

        // Act and assert
        await Repetitions.RunAsync(moment => HoldAsync(mode, moments[moment], seed), Count);
        output.WriteLine($"{mode}: {Count} runs, 0 violations, seed {seed}");
    }

    private static async Task HoldAsync(string mode, TimeSpan moment, int seed)
    {
        await using var process = new AdversaryProcess(mode, "Calm");
        process.SignalsGoToItself();
        await Task.Delay(moment, TimeProvider.System);
        int exitCode = await process.TerminateAsync();

        bool wasReady = process.Output.All.Contains("ready", StringComparison.Ordinal);
        bool held = exitCode == ShutdownExitCode.Clean || (exitCode == EndedByTerminate && !wasReady);
        Assert.True(
            held && !process.Errors.All.Contains("Unhandled", StringComparison.Ordinal),
            $"{mode}, {moment.TotalMilliseconds:0} ms after the start, seed {seed}: ended with {exitCode}.\n{process.Output.All}\n{process.Errors.All}");
    }
}
