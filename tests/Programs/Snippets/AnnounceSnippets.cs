using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Quiesce;

namespace Snippets;

/// <summary>docs/announce.md.</summary>
internal static class AnnounceSnippets
{
    public static void UseOwnProbe(WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddGracefulShutdown(); // tagged "ready"
    }

    public static void UseManagement(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenAnyIP(8080);
            kestrel.ListenAnyIP(9090, listener => listener.UseAsManagement());
        });
    }

    public static void UseAgentCheck(KestrelServerOptions kestrel)
    {
        kestrel.ListenAnyIP(9101, listener => listener.UseAsAgentCheck());
    }
}
