namespace Quiesce.Tests.Fixtures;

/// <summary>Seeds for stress tests: new each run, printed, and repeatable by the variable QUIESCE_TEST_SEED.</summary>
internal static class Seeds
{
    public static int Next(string test)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("QUIESCE_TEST_SEED"), out int given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"{test}: QUIESCE_TEST_SEED={seed}");
        return seed;
    }
}
