using System.Runtime.CompilerServices;
using Quiesce;

namespace BenchService;

/// <summary>What the service does with Quiesce. Apart, because a method that mentions the library loads it: the service without it would have its
/// assemblies too, and the comparison would leave them out.</summary>
internal static class WithQuiesce
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Add(WebApplicationBuilder builder) => builder.AddGracefulShutdown();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void MapHealth(WebApplication application) => application.MapShutdownHealth();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Task<int> RunAsync(WebApplication application) => application.RunGracefullyAsync();
}
