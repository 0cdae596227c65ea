namespace Quiesce.Tests.Fixtures;

internal static class TestTimeouts
{
    /// <summary>Real time. Elapses only when the code under test, or the test, is broken.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);
}
