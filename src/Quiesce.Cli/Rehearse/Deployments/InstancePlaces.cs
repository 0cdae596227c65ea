using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>The ports of one instance.</summary>
/// <param name="Port">Where the program is to listen.</param>
/// <param name="HelperPort">Where its helper is to listen; <see langword="null"/> if it has none, or needs none.</param>
/// <param name="Http2Port">Where the program is to listen for HTTP/2 alone; <see langword="null"/> if nobody asks for such a port.</param>
internal sealed record InstancePlaces(int Port, int? HelperPort = null, int? Http2Port = null)
{
    private const string HelperPortPlaceholder = "{helper-port}", Http2PortPlaceholder = "{http2-port}";

    /// <param name="settings">The rehearsal.</param>
    /// <param name="port">Where the program is to listen.</param>
    /// <param name="http2Port">Where it is to listen for HTTP/2, if that must be where its predecessor did; else a free one is found.</param>
    public static InstancePlaces Choose(RehearseSettings settings, int port, int? http2Port = null) => new(
        port,
        settings.Helper?.Contains(HelperPortPlaceholder, StringComparison.Ordinal) == true ? FreePort.Find() : null,
        AsksForHttp2Port(settings) ? http2Port ?? FreePort.Find() : null);

    public string Fill(string text) => PortPlaceholder.Fill(text, Port)
        .Replace(HelperPortPlaceholder, $"{HelperPort}", StringComparison.Ordinal)
        .Replace(Http2PortPlaceholder, $"{Http2Port}", StringComparison.Ordinal);

    private static bool AsksForHttp2Port(RehearseSettings settings) =>
        settings.Command.Concat(settings.Environment.Values).Any(static text => text.Contains(Http2PortPlaceholder, StringComparison.Ordinal));
}
