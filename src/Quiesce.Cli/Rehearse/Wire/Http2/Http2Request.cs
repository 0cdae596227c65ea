using System.Globalization;
using System.Net;
using System.Text;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Wire.Http2.Headers;

namespace Quiesce.Cli.Rehearse.Wire.Http2;

/// <summary>One request as it goes out in a stream.</summary>
/// <param name="HeaderBlock">All of its fields; never longer than a frame, because a file of requests is not.</param>
/// <param name="Body">Empty for none.</param>
internal sealed record Http2Request(ReadOnlyMemory<byte> HeaderBlock, ReadOnlyMemory<byte> Body)
{
    /// <summary>Renders a template for one server. <paramref name="fill"/> replaces the placeholders.</summary>
    public static Http2Request Render(RequestTemplate template, IPEndPoint server, Func<string, string> fill)
    {
        byte[] body = template.UploadBytes > 0 ? new byte[template.UploadBytes] : template.Body is null ? [] : Encoding.UTF8.GetBytes(fill(template.Body));
        var head = new HeaderBlockWriter();
        head.Write(":method", template.Method);
        head.Write(":scheme", "http");
        head.Write(":authority", $"{server}");
        head.Write(":path", fill(template.Path));
        // RFC 9113, section 8.2: names are written small.
        foreach ((string name, string value) in template.Headers) { head.Write(name.ToLowerInvariant(), fill(value)); }
        if (body.Length > 0) { head.Write("content-length", body.Length.ToString(CultureInfo.InvariantCulture)); }
        return new Http2Request(head.ToArray(), body);
    }
}
