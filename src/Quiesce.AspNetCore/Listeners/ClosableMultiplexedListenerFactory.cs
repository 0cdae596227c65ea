using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>Decorates a transport of HTTP/3 so that its listeners can be closed before the server stops.</summary>
internal sealed partial class ClosableMultiplexedListenerFactory(
    IMultiplexedConnectionListenerFactory inner, ListenerSet listeners, ManagementEndpoints management, ILoggerFactory loggers)
    : IMultiplexedConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => ListenerDecoration.CanBind(inner, endpoint);

    public async ValueTask<IMultiplexedConnectionListener> BindAsync(EndPoint endpoint, IFeatureCollection? features = null, CancellationToken cancellationToken = default)
    {
        IMultiplexedConnectionListener bound = await inner.BindAsync(endpoint, features, cancellationToken);
        var listener = new ClosableMultiplexedListener(bound) { IsManagement = management.Contains(endpoint) };
        listeners.Add(listener);
        Log.Http3IsUntested(loggers.CreateLogger("Quiesce"), listener.EndPoint);
        return listener;
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.Http3IsUntested, LogLevel.Warning,
            "HTTP/3 is served on {EndPoint}. Quiesce counts and drains its requests, but is not tested with it; its listener closes at once, so that a connection that is " +
            "being made in that instant is lost, and its connections hear nothing before the server stops. Where no request may be lost, leave HttpProtocols.Http3 out of the endpoint's protocols.")]
        public static partial void Http3IsUntested(ILogger logger, EndPoint endPoint);
    }
}
