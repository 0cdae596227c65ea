namespace Quiesce;

/// <summary>One callback in one phase.</summary>
/// <param name="Callback">What is run.</param>
/// <param name="Written">What the application handed over, before anybody wrapped it: it says where the hook comes from.</param>
internal sealed record Hook(Func<ShutdownContext, CancellationToken, Task> Callback, Delegate Written)
{
    /// <summary>Gets how long it may take; <see langword="null"/> for a fair share.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>A callback that nobody wrapped.</summary>
    public static Hook Of(Func<ShutdownContext, CancellationToken, Task> callback) => new(callback, callback);
}
