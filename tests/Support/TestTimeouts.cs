namespace Quiesce.TestSupport;

internal static class TestTimeouts
{
    /// <summary>Real time. Elapses only when the code under test, or the test, is broken.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    public static Task OrHang(this Task task) => task.WaitAsync(Hang);

    public static Task<T> OrHang<T>(this Task<T> task) => task.WaitAsync(Hang);
}
