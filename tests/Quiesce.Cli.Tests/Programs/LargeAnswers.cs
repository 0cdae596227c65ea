using System.Net.Sockets;
using System.Text;
using Checkout.Data;

namespace Quiesce.Cli.Tests.Programs;

/// <summary>Answers to <c>/large/{id}</c> that do not fit into the kernel's buffers, and a file of what the server saw of them.</summary>
/// <remarks>Lines: <c>told</c> and the ids that were under way at the signal; <c>whole</c> or <c>cut</c>, an id, and <c>before</c> or <c>after</c> the
/// signal, once the last byte was handed to the kernel, or could not be.</remarks>
internal sealed class LargeAnswers(string file, int bytes)
{
    private const string Path = "/large/";

    private readonly Lock _lock = new();

    // Guarded by _lock, as is the order of the lines.
    private readonly SortedSet<string> _underWay = new(StringComparer.Ordinal);
    private bool _told;

    /// <summary>The id in a request line; <see langword="null"/> if it asks for something else.</summary>
    public static string? IdOf(string requestLine) =>
        requestLine.Split(' ')[1] is { } path && path.StartsWith(Path, StringComparison.Ordinal) ? path[Path.Length..] : null;

    public async Task SendAsync(NetworkStream stream, string id, bool isLast)
    {
        lock (_lock) { _underWay.Add(id); }
        string end = "cut";
        try
        {
            string head = $"HTTP/1.1 200 Fine\r\nContent-Length: {bytes}\r\n{(isLast ? "Connection: close\r\n" : "")}\r\n";
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head + new string('x', bytes)));
            end = "whole";
        }
        finally
        {
            lock (_lock)
            {
                _underWay.Remove(id);
                Append($"{end} {id} {(_told ? "after" : "before")}");
            }
        }
    }

    public void Told()
    {
        lock (_lock)
        {
            _told = true;
            Append($"told {string.Join(' ', _underWay)}");
        }
    }

    // Two instances share the file while one replaces the other.
    private void Append(string line)
    {
        using AppendFile events = AppendFile.Open(file);
        events.Append(Encoding.UTF8.GetBytes(line + "\n"));
    }
}
