using System.Net;
using System.Text;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Wire;

namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>What the clients of faults send: requests of the mix, whole, half, or without an end. Nothing is invented that the program does not know.</summary>
internal static class FaultRequests
{
    /// <summary>A request of the mix, over HTTP/1.1, that can stand alone; the first that changes nothing, if there is one.</summary>
    public static RequestTemplate? Whole(IReadOnlyList<RequestTemplate> templates)
    {
        RequestTemplate[] usable = [.. templates.Where(static template => template.Kind == TrafficKind.Http && !PlannedRequest.NeedsKnown(template))];
        return usable.FirstOrDefault(static template => template.Method is "GET" or "HEAD") ?? usable.FirstOrDefault();
    }

    /// <summary>Whether a request of the mix has a body that could be left unfinished.</summary>
    public static bool HasBody(RequestTemplate template) =>
        template.Kind == TrafficKind.Http && !PlannedRequest.NeedsKnown(template) && (template.Body is { Length: > 1 } || template.UploadBytes > 1);

    /// <summary>The first request of the mix with a body, for every second client; <see langword="null"/> for the others, and if the mix has none.</summary>
    public static RequestTemplate? WithBody(IReadOnlyList<RequestTemplate> templates, int number) => number % 2 == 1 ? templates.FirstOrDefault(HasBody) : null;

    /// <summary>The beginning of a request: of every second one, if the mix has bodies, the head and half of the body; of the others half of the head.</summary>
    public static byte[] Half(IReadOnlyList<RequestTemplate> templates, IPEndPoint server, int number, string id)
    {
        RequestTemplate? withBody = WithBody(templates, number);
        ReadOnlySpan<byte> bytes = Render(withBody ?? Whole(templates)!, server, id).Bytes.Span;
        return bytes[..(withBody is null ? HeadOf(bytes) / 2 : HalfOfBody(bytes))].ToArray();
    }

    /// <summary>How many bytes of a request its head and half of its body are.</summary>
    public static int HalfOfBody(ReadOnlySpan<byte> request) => HeadOf(request) + ((request.Length - HeadOf(request)) / 2);

    /// <summary>The head of a request whose body comes in chunks, for ever.</summary>
    public static byte[] WithoutEnd(IReadOnlyList<RequestTemplate> templates, IPEndPoint server, string id)
    {
        RequestTemplate template = templates.First(HasBody) with { Body = null, UploadBytes = 0 };
        string head = Encoding.UTF8.GetString(Render(template, server, id).Bytes.Span);
        return Encoding.UTF8.GetBytes(head.Replace("Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n", StringComparison.Ordinal));
    }

    public static WireRequest Get(string path, IPEndPoint server) => Render(new RequestTemplate("GET", path, [], null, 1, HasEffect: false), server, "");

    public static WireRequest Render(RequestTemplate template, IPEndPoint server, string id) =>
        WireRequest.Render(template, server, text => text.Replace(PlannedRequest.IdPlaceholder, id, StringComparison.Ordinal));

    private static int HeadOf(ReadOnlySpan<byte> request) => request.IndexOf("\r\n\r\n"u8) + 4;
}
