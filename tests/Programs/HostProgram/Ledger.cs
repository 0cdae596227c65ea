namespace HostProgram;

/// <summary>Something that must be flushed before it is disposed.</summary>
internal sealed class Ledger : IDisposable
{
    private bool _flushed;

    public Task FlushAsync()
    {
        _flushed = true;
        return Console.Out.WriteLineAsync("ledger flushed");
    }

    public void Dispose() => Console.WriteLine(_flushed ? "ledger disposed" : "ledger disposed without a flush");
}
