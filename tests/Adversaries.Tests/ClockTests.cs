using System.Text.Json;

namespace Adversaries.Tests;

/// <summary>Somebody sets the clock while a shutdown hangs.</summary>
[Trait("Size", "Full")]
public sealed class ClockTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(+1)]
    public Task Clock_IsSetByAnHourAfterTheSignal_ChangesNothing(int hours) => Repetitions.RunAsync(async () =>
    {
        // Arrange
        using SettableClock clock = await SettableClock.CreateAsync();
        await using var process = new AdversaryProcess("plain", "HungMain", new Launch { Through = clock.Through });
        await process.ReadyAsync();

        // Act
        Task<int> ending = process.TerminateAsync();
        clock.Set(TimeSpan.FromHours(hours));

        // Assert
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, await ending);
        Assert.InRange(Math.Abs(await HoursOffAsync(process.ReportFile)), 0.9, 1.1); // or the clock was never set, and this shows nothing
    });

    /// <summary>How far the process' clock was from ours when it wrote its report.</summary>
    private static async Task<double> HoursOffAsync(string reportFile)
    {
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllBytesAsync(reportFile));
        DateTimeOffset signalledAt = report.RootElement.GetProperty("signalledAt").GetDateTimeOffset();
        return (signalledAt - TimeProvider.System.GetUtcNow()).TotalHours;
    }
}
