namespace Quiesce.Cli.Rehearse.Wire.Http2;

/// <summary>One request and its answer on a connection.</summary>
/// <param name="Id">Odd, counting up.</param>
/// <param name="Window">What may be sent before the server allows more.</param>
internal sealed class Http2Stream(int id, SendWindow window)
{
    private readonly TaskCompletionSource<StreamEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Id => id;

    public SendWindow Window => window;

    /// <summary>Gets how far the answer got. Written by the reader of the connection only.</summary>
    public Answer Answer { get; } = new();

    public Task<StreamEnd> Ended => _ended.Task;

    /// <summary>Ends it; the first end counts.</summary>
    public void End(StreamEnd end)
    {
        _ended.TrySetResult(end);
        window.Close(); // Nobody waits for room in a stream that has ended.
    }
}
