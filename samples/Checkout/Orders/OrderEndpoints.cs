using Checkout.Feed;
using Checkout.Payments;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Checkout.Orders;

/// <summary><c>POST /orders</c> and <c>GET /orders/{id}</c>.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/orders", PlaceAsync);
        routes.MapGet("/orders/{id}", FindAsync);
    }

    /// <summary>Takes an order: 201, or 200 with the same answer when its key was used before.</summary>
    /// <remarks>
    /// Once the order is committed nothing can be cancelled: the rest is seen to, whether or not the client still waits, before the
    /// client hears of it.
    /// </remarks>
    private static async Task<IResult> PlaceAsync(
        [FromHeader(Name = "Idempotency-Key")] string? id, NewOrder body,
        PaymentProvider provider, IOrderStore store, IFulfilment fulfilment, OrderFeed feed, CancellationToken cancellationToken)
    {
        if (!OrderKey.IsValid(id)) { return BadRequest(OrderKey.Rule); }
        if (body.IsInvalid(out string? problem)) { return BadRequest(problem); }
        if (await store.FindAsync(id!, cancellationToken) is { } known) { return Repeated(known, body); }

        Payment payment = await provider.AuthoriseAsync(id!, body, cancellationToken);
        (Order order, bool isNew) = await store.PlaceAsync(id!, body, payment, cancellationToken);
        if (!isNew) { return Repeated(order, body); } // the same key, at the same time: the other request has won
        await fulfilment.BeginAsync(order);
        feed.Publish(order);
        return TypedResults.Created($"/orders/{order.Id}", order);
    }

    private static async Task<IResult> FindAsync(string id, IOrderStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } order
            ? TypedResults.Ok(order)
            : TypedResults.Problem(statusCode: StatusCodes.Status404NotFound);

    private static IResult Repeated(Order known, NewOrder body) => known.Item == body.Item && known.Quantity == body.Quantity
        ? TypedResults.Ok(known)
        : TypedResults.Problem(
            $"The key '{known.Id}' belongs to another order. Use a new key for a new order.",
            statusCode: StatusCodes.Status422UnprocessableEntity);

    private static ProblemHttpResult BadRequest(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest);
}
