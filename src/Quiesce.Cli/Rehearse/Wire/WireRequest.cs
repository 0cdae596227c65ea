using System.Net;
using System.Text;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Wire;

/// <summary>One request, byte for byte as it goes out.</summary>
/// <param name="Bytes">Head and body.</param>
/// <param name="IsHead">A HEAD request: its answer has no body, whatever its fields say.</param>
/// <param name="AsksToClose">The request itself says <c>Connection: close</c>: its connection carries no other.</param>
internal sealed record WireRequest(ReadOnlyMemory<byte> Bytes, bool IsHead, bool AsksToClose)
{
    public TrafficKind Kind { get; private init; }

    /// <summary>Gets how long a stream's client wants to stay.</summary>
    public TimeSpan Stay { get; private init; }

    /// <summary>Gets what is said first on a WebSocket.</summary>
    public ReadOnlyMemory<byte> Greeting { get; private init; }

    /// <summary>Renders a template for one server. <paramref name="fill"/> replaces the placeholders.</summary>
    public static WireRequest Render(RequestTemplate template, IPEndPoint server, Func<string, string> fill)
    {
        bool isWebSocket = template.Kind == TrafficKind.WebSocket;
        byte[] text = template.Body is null ? [] : Encoding.UTF8.GetBytes(fill(template.Body));
        byte[] body = template.UploadBytes > 0 ? new byte[template.UploadBytes] : isWebSocket ? [] : text;
        StringBuilder head = new(256);
        head.Append(template.Method).Append(' ').Append(fill(template.Path)).Append(" HTTP/1.1\r\n");
        head.Append("Host: ").Append(server).Append("\r\n");
        foreach ((string name, string value) in template.Headers)
        {
            head.Append(name).Append(": ").Append(fill(value)).Append("\r\n");
        }

        if (isWebSocket) { head.Append(Upgrade()); }
        if (body.Length > 0 || ExpectsBody(template.Method))
        {
            head.Append("Content-Length: ").Append(body.Length).Append("\r\n");
        }

        byte[] bytes = [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. body];
        return new WireRequest(bytes, template.Method == "HEAD", template.Headers.Any(IsClose))
        {
            Kind = template.Kind,
            Stay = template.Stay,
            Greeting = isWebSocket ? text : ReadOnlyMemory<byte>.Empty,
        };
    }

    // RFC 6455, section 4.1. The key only proves that the server knows the protocol.
    private static string Upgrade() =>
        $"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}\r\n";

    // RFC 9110, section 8.6: a method that defines a body says so even when it is empty; some servers answer 411 otherwise.
    private static bool ExpectsBody(string method) => method is "POST" or "PUT" or "PATCH";

    private static bool IsClose(KeyValuePair<string, string> header) =>
        header.Key.Equals("Connection", StringComparison.OrdinalIgnoreCase)
        && header.Value.Contains("close", StringComparison.OrdinalIgnoreCase);
}
