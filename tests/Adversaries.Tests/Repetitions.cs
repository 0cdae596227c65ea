using System.Globalization;

namespace Adversaries.Tests;

/// <summary>How often each adversary is run: three times, or as often as <c>QUIESCE_REPEAT</c> says.</summary>
internal static class Repetitions
{
    /// <summary>Most adversaries only wait for the deadline: several at once cost little, even on two cores.</summary>
    private const int AtOnce = 3;

    public static int Count { get; } =
        int.Parse(Environment.GetEnvironmentVariable("QUIESCE_REPEAT") ?? "3", NumberStyles.None, CultureInfo.InvariantCulture);

    public static Task RunAsync(Func<Task> run, int atOnce = AtOnce) => RunAsync(_ => run(), Count, atOnce);

    public static async Task RunAsync(Func<int, Task> run, int count, int atOnce = AtOnce)
    {
        foreach (int[] wave in Enumerable.Range(0, count).Chunk(atOnce)) { await Task.WhenAll(wave.Select(run)); }
    }
}
