using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>A listener of HTTP/3: of connections that carry streams from their beginning.</summary>
/// <remarks>
/// What is under way to it is in the transport's hands, and no queue of the kernel's can be emptied: it closes at once. Kestrel unbinds it once more when
/// it stops, which is not passed on. Its connections are not tracked: the transport does not say when all of them have ended.
/// </remarks>
internal sealed class ClosableMultiplexedListener(IMultiplexedConnectionListener inner) : IMultiplexedConnectionListener, IClosableListener
{
    private readonly Lazy<Task> _unbinding = new(() => inner.UnbindAsync(CancellationToken.None).AsTask());

    public EndPoint EndPoint => inner.EndPoint;

    /// <inheritdoc/>
    public bool IsInherited => false;

    /// <inheritdoc/>
    public bool IsManagement { get; init; }

    /// <inheritdoc/>
    public CloseWay PlannedWay => CloseWay.AtOnce;

    public ValueTask<MultiplexedConnectionContext?> AcceptAsync(IFeatureCollection? features = null, CancellationToken cancellationToken = default) =>
        inner.AcceptAsync(features, cancellationToken);

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => new(_unbinding.Value);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <inheritdoc/>
    public async Task<CloseWay> CloseAsync(CancellationToken hurry)
    {
        await _unbinding.Value;
        return CloseWay.AtOnce;
    }
}
