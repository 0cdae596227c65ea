using System.Text.Json;

namespace Adversaries.Tests;

/// <summary>Somebody sets the clock while a shutdown hangs. Only the process sees it: a library between it and the kernel answers for the wall
/// clock and leaves the monotonic one alone, as a real change would.</summary>
[Trait("Size", "Full")]
public sealed class ClockTests
{
    private const string Library = "libfaketimeMT.so.1";

    [Theory]
    [InlineData("-3600")]
    [InlineData("+3600")]
    public async Task Clock_IsSetByAnHourAfterTheSignal_ChangesNothing(string seconds)
    {
        await DebianPackages.RequireAsync("faketime", "faketime");
        string library = Directory.EnumerateFiles("/usr/lib", Library, SearchOption.AllDirectories).First();
        await Repetitions.RunAsync(() => HoldAsync(library, seconds));
    }

    private static async Task HoldAsync(string library, string seconds)
    {
        // Arrange
        using var folder = new TemporaryFolder();
        string clock = Path.Combine(folder.Path, "clock");
        await File.WriteAllTextAsync(clock, "+0\n");
        string[] through =
            ["env", $"LD_PRELOAD={library}", $"FAKETIME_TIMESTAMP_FILE={clock}", "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"];
        await using var process = new AdversaryProcess("plain", "HungMain", new Launch { Through = through });
        await process.ReadyAsync();

        // Act
        Task<int> ending = process.TerminateAsync();
        await File.WriteAllTextAsync(clock, seconds + "\n");

        // Assert
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, await ending);
        Assert.InRange(Math.Abs(await HoursOffAsync(process.ReportFile)), 0.9, 1.1); // or the clock was never set, and this shows nothing
    }

    /// <summary>How far the process' clock was from ours when it wrote its report.</summary>
    private static async Task<double> HoursOffAsync(string reportFile)
    {
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllBytesAsync(reportFile));
        DateTimeOffset signalledAt = report.RootElement.GetProperty("signalledAt").GetDateTimeOffset();
        return (signalledAt - TimeProvider.System.GetUtcNow()).TotalHours;
    }
}
