using System.Threading.Channels;

namespace Adapters.Tests.PostgreSQL;

/// <summary>One time as the leader after the other.</summary>
internal sealed class Reigns
{
    private readonly Channel<Reign> _reigns = Channel.CreateUnbounded<Reign>();

    public Task LeadAsync(CancellationToken stop)
    {
        var reign = new Reign();
        _reigns.Writer.TryWrite(reign);
        return reign.LeadAsync(stop);
    }

    public Task<Reign> NextAsync() => _reigns.Reader.ReadAsync().AsTask().OrHang();
}
