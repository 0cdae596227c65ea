namespace ConsumerProgram;

/// <summary>What is done for each message, however it is acknowledged.</summary>
/// <param name="holds">Where it waits for the test.</param>
/// <param name="effect">The effect of a message with this id; it waits for its second argument before it is there for good.</param>
internal sealed class Handler(Holds holds, Func<string, Func<Task>, CancellationToken, Task> effect)
{
    public async Task HandleAsync(string id, CancellationToken stop)
    {
        int number = holds.Begin();
        await effect(id, () => holds.BeforeEffectAsync(number, stop), stop);
        await holds.AfterEffectAsync(number, stop);
        holds.End();
    }
}
