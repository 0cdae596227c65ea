namespace Quiesce.Cli.Tests.Misbehaving;

/// <summary>Real time; elapses only when a test is broken.</summary>
internal static class TestTimeouts
{
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);
}
