namespace Quiesce.Measurements.Messages;

/// <summary>What is done with a message: next to nothing, so that the way it comes is what is measured.</summary>
internal sealed class Work(int messages)
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _done;

    /// <summary>Gets the number of messages that are done: some more than asked for, as long as nobody ends the connection.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>Completes when as many are done as were asked for.</summary>
    public Task All => _all.Task;

    public Task DoAsync(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) { throw new ArgumentException("The measurement sends no empty messages.", nameof(body)); }

        if (Interlocked.Increment(ref _done) == messages) { _all.SetResult(); }

        return Task.CompletedTask;
    }
}
