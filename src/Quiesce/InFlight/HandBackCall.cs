namespace Quiesce;

/// <summary>How a unit is handed back: a callback, and what it is called with. Two words in the unit's record, where a closure would be allocated for each
/// unit, and hardly one of them is ever called.</summary>
internal readonly record struct HandBackCall(Func<object?, CancellationToken, Task> Callback, object? State)
{
    /// <summary>Makes a call of a callback that brings what it needs.</summary>
    public static HandBackCall Of(Func<CancellationToken, Task> callback) => new(static (state, limit) => ((Func<CancellationToken, Task>)state!)(limit), callback);

    public Task InvokeAsync(CancellationToken limit) => Callback(State, limit);
}
