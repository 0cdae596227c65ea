using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Quiesce.AspNetCore.Listeners;

namespace Quiesce;

/// <summary>Keeps a listener for those who look after the service apart from those for its clients.</summary>
public static class ManagementListenExtensions
{
    /// <summary>Makes this a management listener: for health probes and metrics, not for clients. It closes last.</summary>
    /// <remarks>
    /// It goes on accepting until the server itself stops, after the drain, so that whoever looks sees the whole shutdown: <c>/livez</c> answers 200, <c>/readyz</c>
    /// 503. Nothing on it is counted: its connections say nothing about clients, its requests do not hold the drain, are not told to close and not
    /// cancelled at the drain's deadline. Clients that are let in here all the same may lose requests.
    /// </remarks>
    /// <param name="listener">The listener, as <c>KestrelServerOptions.Listen</c> and its like give it.</param>
    /// <returns>The listener.</returns>
    /// <exception cref="InvalidOperationException">The application's builder did not have <c>AddGracefulShutdown</c>.</exception>
    public static ListenOptions UseAsManagement(this ListenOptions listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        ManagementEndpoints endpoints = listener.ApplicationServices.GetService<ManagementEndpoints>()
            ?? throw new InvalidOperationException("UseAsManagement needs AddGracefulShutdown on the application's builder.");
        endpoints.Add(listener.EndPoint);
        return listener;
    }

    /// <summary>Makes this a management listener that answers HAProxy's agent-check (<c>agent-check agent-port 9101</c>), and nothing else.</summary>
    /// <remarks>
    /// Whoever connects reads <c>ready up</c>, and <c>drain</c> from the signal on; then the connection ends. Nothing that is sent here is read. HAProxy asks every
    /// <c>agent-inter</c>, 2 s by default, and believes the first answer: no <c>fall</c> is counted, and its other checks stay as they are.
    /// </remarks>
    /// <param name="listener">The listener, as <c>KestrelServerOptions.Listen</c> and its like give it.</param>
    /// <returns>The listener.</returns>
    /// <exception cref="InvalidOperationException">The application's builder did not have <c>AddGracefulShutdown</c>.</exception>
    public static ListenOptions UseAsAgentCheck(this ListenOptions listener)
    {
        UseAsManagement(listener);
        ShutdownCoordinator coordinator = listener.ApplicationServices.GetRequiredService<ShutdownCoordinator>();
        listener.Run(connection => AgentCheck.AnswerAsync(connection, coordinator));
        return listener;
    }
}
