using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Model;

/// <summary>Random schedules, acted out on the real coordinator and held against the guarantees and a reference model.</summary>
/// <remarks>In a process of its own: a schedule comes to rest only where one worker runs at a time, and the tests need many.</remarks>
[Trait("Size", "Full")]
public sealed class ScheduleTests
{
    private const int Schedules = 10_000;

    // They take about ten seconds. What takes this long hangs.
    private static readonly TimeSpan _hang = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Schedules_AtRandom_BreakNoGuaranteeAndReachEveryState()
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = Path.Combine(AppContext.BaseDirectory, "..", "..", "ScheduleProgram", configuration, "ScheduleProgram");
        await using ChildProcess process = ChildProcess.StartCommand(
            [program, $"{Schedules}", $"{Seeds.Next(nameof(ScheduleTests))}"],
            new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = "1" });

        int exitCode = await process.ExitAsync(_hang);
        TestContext.Current.TestOutputHelper?.WriteLine(process.Output.All);

        Assert.True(exitCode == 0, process.Output.All);
        Assert.Contains("0 violations", process.Output.All, StringComparison.Ordinal);
    }
}
