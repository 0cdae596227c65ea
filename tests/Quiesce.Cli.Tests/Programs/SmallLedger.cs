using System.Text;
using Checkout.Data;

namespace Quiesce.Cli.Tests.Programs;

/// <summary>Where the small server writes the id of each order: to a file, well or in one of the ways that go wrong, or to a worker's folder.</summary>
internal sealed class SmallLedger(SmallServerOptions options)
{
    // Longer than a SIGKILL and its load take to happen, shorter than a rehearsal.
    private static readonly TimeSpan _late = TimeSpan.FromMilliseconds(300);

    private readonly Lock _lock = new();
    private int _orders;

    /// <summary>Everything that any instance wrote.</summary>
    public string Text => File.ReadAllText(options.Ledger!);

    public void BeforeAnswer(string requestLine)
    {
        if (options.Keeps != "late") { Record(requestLine); }
    }

    public void AfterAnswer(string requestLine)
    {
        if (options.Keeps == "late") { _ = RecordLateAsync(requestLine); }
    }

    private async Task RecordLateAsync(string requestLine)
    {
        await Task.Delay(_late, TimeProvider.System);
        Record(requestLine);
    }

    // "POST /orders/{id} HTTP/1.1".
    private void Record(string requestLine)
    {
        if (!requestLine.StartsWith("POST ", StringComparison.Ordinal)) { return; }
        string name = requestLine.Split(' ')[1].Split('/')[^1], id = name + "\n";
        if (options.Spool is { } folder) { File.Create(Path.Combine(folder, name)).Dispose(); }
        if (options.Ledger is null) { return; }
        lock (_lock)
        {
            bool odd = _orders++ % 10 == 3;
            if (options.Keeps == "forgetful" && odd) { return; }
            Append(options.Ledger, options.Keeps == "twice" && odd ? id + id : id);
        }
    }

    // Two instances share the file while one replaces the other.
    private static void Append(string file, string text)
    {
        using AppendFile ledger = AppendFile.Open(file);
        ledger.Append(Encoding.UTF8.GetBytes(text));
    }
}
