using System.Text;

namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>Reads what a program writes, for as long as it writes, and keeps the last lines.</summary>
/// <remarks>
/// Bounded whatever the program does: at most <see cref="Lines"/> lines of <see cref="LineLength"/> bytes are kept, and the pipe is always
/// emptied, so a program that floods its output neither blocks nor fills our memory.
/// </remarks>
internal sealed class OutputTail
{
    public const int Lines = 100;
    public const int LineLength = 500;

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by _lock.
    private readonly Queue<string> _last = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    // Used by the reading thread only.
    private readonly byte[] _line = new byte[LineLength];
    private int _lineLength;
    private Action<string>? _onLine;

    /// <summary>Gets a task that completes when every process that held the pipe has closed it.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Starts the thread that empties <paramref name="source"/>; it owns both streams from here on.</summary>
    /// <param name="onLine">Gets each line, also those that are no longer kept; <see langword="null"/> if nobody wants to know.</param>
    public void Read(Stream source, Stream? log, Action<string>? onLine = null)
    {
        _onLine = onLine;

        // A thread, not a task: reads from a pipe block, and a pool thread lent for the life of a program is a pool thread lost.
        new Thread(() => Pump(source, log)) { IsBackground = true, Name = "program output" }.Start();
    }

    /// <summary>Gets the last lines, oldest first.</summary>
    public IReadOnlyList<string> Last(int count)
    {
        lock (_lock) { return [.. _last.TakeLast(count)]; }
    }

    /// <summary>Completes once a line holds the text, also if one did before.</summary>
    public Task WaitForLineAsync(string text, CancellationToken cancellationToken)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            // Lines that were dropped meanwhile are not looked at again: who waits, begins at the program's start.
            if (_last.Any(line => line.Contains(text, StringComparison.Ordinal))) { return Task.CompletedTask; }
            _awaited.Add((text, seen));
        }

        return seen.Task.WaitAsync(cancellationToken);
    }

    private void Pump(Stream source, Stream? log)
    {
        try
        {
            byte[] buffer = new byte[16 * 1024];
            for (int read; (read = source.Read(buffer)) > 0;)
            {
                WriteLog(ref log, buffer.AsSpan(0, read));
                Append(buffer.AsSpan(0, read));
            }
        }
        catch (IOException)
        {
            // The pipe broke: for the reader the same as its end.
        }
        finally
        {
            EndLine();
            source.Dispose();
            log?.Dispose();
            _ended.TrySetResult();
        }
    }

    private static void WriteLog(ref Stream? log, ReadOnlySpan<byte> bytes)
    {
        try
        {
            log?.Write(bytes);
            log?.Flush();
        }
        catch (IOException)
        {
            // A full disk must not stop the pump: the program would block on its next line.
            log = null;
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value == (byte)'\n') { EndLine(); }
            else if (_lineLength < LineLength) { _line[_lineLength++] = value; }
        }
    }

    private void EndLine()
    {
        string line = Encoding.UTF8.GetString(_line, 0, _lineLength).TrimEnd('\r');
        _lineLength = 0;
        if (string.IsNullOrWhiteSpace(line)) { return; }
        lock (_lock)
        {
            if (_last.Count == Lines) { _last.Dequeue(); }
            _last.Enqueue(line);

            // Their continuations run elsewhere, so completing under the lock calls nobody.
            _awaited.RemoveAll(one => line.Contains(one.Text, StringComparison.Ordinal) && one.Seen.TrySetResult());
        }

        _onLine?.Invoke(line);
    }
}
