using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Quiesce;

namespace Snippets;

/// <summary>docs/long-lived.md.</summary>
internal static class LongLivedSnippets
{
    public static void SayGoodbye(WebApplication app)
    {
        app.MapGet("/prices", async (HttpContext context, Prices prices) =>
        {
            context.Response.ContentType = "text/event-stream";
            CancellationToken goodbye = context.GoodbyeToken();
            await foreach (Price price in prices.UntilAsync(goodbye)) { await WriteAsync(context, price); }

            await context.Response.WriteAsync("event: goodbye\ndata: come back\n\n", context.RequestAborted);
        });
    }

    private static Task WriteAsync(HttpContext context, Price price) => context.Response.WriteAsync($"data: {price.Value}\n\n", context.RequestAborted);

    internal sealed record Price(decimal Value);

    internal abstract class Prices
    {
        public abstract IAsyncEnumerable<Price> UntilAsync(CancellationToken goodbye, CancellationToken cancellationToken = default);
    }

    internal sealed class PriceHub(Prices prices) : Hub
    {
        public async IAsyncEnumerable<Price> Watch([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (Price price in prices.UntilAsync(Context.GoodbyeToken(), cancellationToken)) { yield return price; }
        }
    }
}
