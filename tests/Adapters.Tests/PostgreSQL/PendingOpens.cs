using System.Diagnostics.Metrics;

namespace Adapters.Tests.PostgreSQL;

/// <summary>Whether anybody waits for a connection of a pool, as Npgsql counts it.</summary>
internal sealed class PendingOpens : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _pending;

    public PendingOpens()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "db.client.connection.npgsql.pending_requests") { listener.EnableMeasurementEvents(instrument); }
        };
        _listener.SetMeasurementEventCallback<int>((_, change, _, _) => Interlocked.Add(ref _pending, change));
        _listener.Start();
    }

    public Task<bool> AnyAsync() => Task.FromResult(Interlocked.Read(ref _pending) > 0);

    public void Dispose() => _listener.Dispose();
}
