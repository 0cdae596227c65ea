namespace Quiesce.TestSupport;

/// <summary>Lines as somebody writes them, and a way to wait for one. Thread-safe.</summary>
internal sealed class Lines
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<string> _lines = [];
    private readonly List<(string Text, TaskCompletionSource<string> Found)> _waiters = [];

    public string All
    {
        get { lock (_lock) { return string.Join('\n', _lines); } }
    }

    public IReadOnlyList<string> Snapshot()
    {
        lock (_lock) { return [.. _lines]; }
    }

    public void Add(string line)
    {
        List<TaskCompletionSource<string>> found = [];
        lock (_lock)
        {
            _lines.Add(line);
            found.AddRange(_waiters.Where(waiter => line.Contains(waiter.Text, StringComparison.Ordinal)).Select(waiter => waiter.Found));
            _waiters.RemoveAll(waiter => found.Contains(waiter.Found));
        }

        found.ForEach(waiter => waiter.TrySetResult(line));
    }

    /// <summary>Waits for a line that contains <paramref name="text"/>; one that was written already counts.</summary>
    public Task<string> ContainingAsync(string text) => ContainingAsync(text, TestTimeouts.Hang);

    /// <summary>The same, for what may take long on a busy machine.</summary>
    public async Task<string> ContainingAsync(string text, TimeSpan hang)
    {
        var found = Completion.New<string>();
        lock (_lock)
        {
            if (_lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } line) { return line; }

            _waiters.Add((text, found));
        }

        try { return await found.Task.WaitAsync(hang); }
        catch (TimeoutException) { throw new TimeoutException($"No line contains '{text}'. There are:\n{All}"); }
    }
}
