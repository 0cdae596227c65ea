namespace Quiesce.TestSupport;

/// <summary>Makes completion sources whose awaiters go on elsewhere: inline, a test would go on inside the code that it tests.</summary>
internal static class Completion
{
    public static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
