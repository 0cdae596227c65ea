using Microsoft.Extensions.Hosting;

namespace Quiesce.Hosting.Lifetime;

/// <summary>A tool that starts a program's host only to look at it: a generator of OpenAPI documents.</summary>
/// <remarks>
/// Such a tool replaces the lifetime and starts the host without its server and its hosted services; to refuse that start would fail its user's build.
/// (<c>dotnet ef</c> needs nothing: it leaves <c>Build</c> by an exception, before anything of ours exists.)
/// </remarks>
internal static class DesignTimeTool
{
    /// <summary>By name, which GetDocument (Microsoft.Extensions.ApiDescription.Server), Swashbuckle and NSwag share; the type is private in each.</summary>
    private const string LifetimeOfTools = "NoopHostLifetime";

    public static bool Replaced(IHostLifetime lifetime) => lifetime.GetType().Name == LifetimeOfTools;
}
