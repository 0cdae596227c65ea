using Quiesce.Testing;

namespace Quiesce.Tests.Fixtures;

/// <summary>Clocks that everything must run on alike.</summary>
internal static class Clocks
{
    /// <summary>A prime near a million: no conversion between timestamps and ticks comes out even.</summary>
    private const long OddFrequency = 1_000_003;

    public static TheoryData<long> Frequencies => [TimeSpan.TicksPerSecond, OddFrequency];

    public static ManualTimeProvider WithFrequency(long frequency) => new(frequency);
}
