using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Quiesce.AspNetCore.Hubs;
using Quiesce.AspNetCore.Requests;

namespace Quiesce;

/// <summary>What an application says about its requests without a natural end: WebSockets, event streams, long polls.</summary>
public static class LongLivedWebExtensions
{
    /// <summary>Gets a token that is cancelled when it is this request's turn to say good-bye.</summary>
    /// <remarks>
    /// Whoever asks for it makes the request long-lived: the drain of the requests no longer waits for it, and it ends by itself when the token is
    /// cancelled, with an empty answer to a long poll, a last event, a close frame. One that is still there when three quarters
    /// of <see cref="LongLivedOptions.Limit"/> are over is treated as if it had not asked. Turns come after the listeners were closed, spread out over
    /// <see cref="LongLivedOptions.Spread"/>. The token outlives the request.
    /// </remarks>
    /// <param name="context">The request.</param>
    /// <returns>The token.</returns>
    /// <exception cref="InvalidOperationException">The application's builder did not have <c>AddGracefulShutdown</c>.</exception>
    public static CancellationToken GoodbyeToken(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        TrackedRequest request = TrackedRequest.Of(context)
            ?? throw new InvalidOperationException("GoodbyeToken needs AddGracefulShutdown on the application's builder.");
        return request.BecomeLongLived(context).AskForGoodbye();
    }

    /// <summary>Gets a token that is cancelled when it is this hub connection's turn to say good-bye: <c>Context.GoodbyeToken()</c> in a method of a hub.</summary>
    /// <remarks>
    /// For a method that streams, or waits for something that may never come: the connection is closed when its calls and streams have ended, so
    /// one that ends at the token ends whole. Streams that have not ended when three quarters of <see cref="LongLivedOptions.Limit"/> are over are cut.
    /// </remarks>
    /// <param name="connection">The connection, as a hub has it in <c>Context</c>.</param>
    /// <returns>The token; one that is never cancelled if the hub's endpoint has <see cref="LongLivedEnd.Finish"/>.</returns>
    /// <exception cref="InvalidOperationException">The application's builder did not have <c>AddGracefulShutdown</c>.</exception>
    public static CancellationToken GoodbyeToken(this HubCallerContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        TrackedHub hub = connection.Features.Get<TrackedHub>()
            ?? throw new InvalidOperationException("GoodbyeToken needs AddGracefulShutdown on the application's builder.");
        return hub.GoodbyeToken();
    }

    /// <summary>Says how the endpoint's requests without a natural end are ended when the service leaves. Its requests are long-lived from
    /// their beginning, unless <paramref name="end"/> is <see cref="LongLivedEnd.Finish"/>.</summary>
    /// <typeparam name="TBuilder">The type of the endpoint's builder.</typeparam>
    /// <param name="builder">The endpoint, or a group of them.</param>
    /// <param name="end">How they end.</param>
    /// <returns>The builder.</returns>
    public static TBuilder WithLongLived<TBuilder>(this TBuilder builder, LongLivedEnd end = LongLivedEnd.Goodbye)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(endpoint =>
        {
            endpoint.Metadata.Add(new LongLivedAttribute(end));
            if (end == LongLivedEnd.Finish || endpoint.RequestDelegate is not { } handle) { return; }

            endpoint.RequestDelegate = context =>
            {
                TrackedRequest.Of(context)?.BecomeLongLived(context);
                return handle(context);
            };
        });
        return builder;
    }
}
