namespace Quiesce.Measurements.Messages;

/// <summary>What is done with a message: next to nothing, so that the way it comes is what is measured.</summary>
internal sealed class Work(int messages, TaskCompletionSource all)
{
    private int _done;

    public Task DoAsync(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) { throw new ArgumentException("The measurement sends no empty messages.", nameof(body)); }

        if (Interlocked.Increment(ref _done) == messages) { all.SetResult(); }

        return Task.CompletedTask;
    }
}
