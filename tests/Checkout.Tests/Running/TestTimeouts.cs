namespace Checkout.Tests.Running;

internal static class TestTimeouts
{
    /// <summary>Elapses only when a test is broken, never when it passes.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);
}
