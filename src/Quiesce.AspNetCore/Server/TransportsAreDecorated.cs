using Microsoft.AspNetCore.Connections;
using Quiesce.AspNetCore.Listeners;
using Quiesce.Hosting.Lifetime;

namespace Quiesce.AspNetCore.Server;

/// <summary>A transport registered after AddGracefulShutdown would keep its listener open until the server stops.</summary>
internal sealed class TransportsAreDecorated(IEnumerable<IConnectionListenerFactory> transports) : IStartupRule
{
    public IEnumerable<string> Check() => transports
        .Where(static transport => transport is not ClosableListenerFactory)
        .Select(static transport =>
            $"The transport '{transport.GetType().Name}' was registered after AddGracefulShutdown, which cannot close its listeners. " +
            "Call AddGracefulShutdown after UseKestrel, UseSockets and the like.");
}
