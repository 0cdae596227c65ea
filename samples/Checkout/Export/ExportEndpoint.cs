namespace Checkout.Export;

/// <summary><c>GET /export</c>: a request that never ends, to rehearse what a shutdown does about it.</summary>
internal static class ExportEndpoint
{
    /// <param name="polite">Whether the request ends when it is told to; one that is not polite does not look at its token.</param>
    public static void MapNeverEndingExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/export", static (TimeProvider time, CancellationToken requestAborted, bool polite = false) =>
            Task.Delay(Timeout.InfiniteTimeSpan, time, polite ? requestAborted : CancellationToken.None));
}
