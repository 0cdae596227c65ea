using System.Threading.Channels;

namespace Quiesce.Tests.Fixtures;

/// <summary>A terminal that keeps what was written, and can be stopped as with Ctrl+S.</summary>
internal sealed class FakeTerminal : ITerminal
{
    private readonly Channel<string> _unread = Channel.CreateUnbounded<string>();
    private volatile Task _flows = Task.CompletedTask;
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<string> _texts = [];

    public int Width { get; set; } = 200;

    public IReadOnlyList<string> Texts
    {
        get { lock (_lock) { return [.. _texts]; } }
    }

    /// <summary>Holds up whoever writes, until the returned source is completed.</summary>
    public TaskCompletionSource Stop()
    {
        var goOn = Completion.New();
        _flows = goOn.Task;
        return goOn;
    }

    public void Write(string text)
    {
        lock (_lock) { _texts.Add(text); }

        _unread.Writer.TryWrite(text);
        _flows.Wait(TestTimeouts.Hang);
    }

    /// <summary>Waits for the next text that nobody has waited for yet.</summary>
    public Task<string> NextAsync() => _unread.Reader.ReadAsync().AsTask().WaitAsync(TestTimeouts.Hang);
}
