using System.Buffers;

namespace Checkout.Receipts;

/// <summary>Large bodies, in and out: <c>PUT /receipts/{id}</c> takes a scanned receipt, <c>GET /receipts/blank</c> gives one of a megabyte.</summary>
internal static class ReceiptEndpoints
{
    private const int BlankBytes = 1024 * 1024, BlockBytes = 16 * 1024;

    public static void MapReceipts(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/receipts/{id}", TakeAsync);
        routes.MapGet("/receipts/blank", GiveAsync);
    }

    /// <summary>Reads the upload to its end and says how long it was; keeping it is somebody else's business.</summary>
    private static async Task<IResult> TakeAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            long length = 0;
            for (int read; (read = await request.Body.ReadAsync(block, cancellationToken)) > 0; length += read) { }
            return TypedResults.Ok(new { id, length });
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static async Task GiveAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "application/octet-stream";
        response.ContentLength = BlankBytes;
        byte[] block = new byte[BlockBytes];
        for (int sent = 0; sent < BlankBytes; sent += block.Length) { await response.Body.WriteAsync(block, cancellationToken); }
    }
}
