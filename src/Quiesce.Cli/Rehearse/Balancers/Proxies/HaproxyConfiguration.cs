using Quiesce.Cli.Rehearse.Readiness;
using Quiesce.Cli.Rehearse.Wire;

namespace Quiesce.Cli.Rehearse.Balancers.Proxies;

/// <summary>What HAProxy is told, in its own language.</summary>
/// <remarks>
/// <para>Without retries and without redispatching: a proxy that tries again elsewhere hides what the program lost. Health checks each
/// 500 ms, two failed ones take an instance out: that, and nothing else, is how it learns that an instance leaves.</para>
/// <para>Requests of HTTP/2 come in at a port of their own and go out as HTTP/2 (<c>proto h2</c>). Their servers have checks of their own, because those that
/// join at run time cannot track others, and are asked where the others are, over HTTP/1.1: that is where <c>--ready</c> asks, and a check by HTTP/2 has no
/// host, which Kestrel ends the connection for. They say who they are: a service that counts whom it has told that it leaves must not take both for one.</para>
/// <para>Instances join at run time over the administration socket, as HAProxy's own Kubernetes controllers do it.</para>
/// </remarks>
internal static class HaproxyConfiguration
{
    public const string Backend = "program", Http2Backend = "program-http2";

    /// <summary>How one server joins; a line for the administration socket each.</summary>
    /// <param name="server">Its backend and its name, separated by a slash.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="checkPort">For one of HTTP/2: where its health is asked for.</param>
    public static IReadOnlyList<string> Join(string server, string address, string? checkPort = null) =>
    [
        $"add server {server} {address} check inter 500 fall 2 rise 1" + (checkPort is null ? "" : $" proto h2 port {checkPort} check-proto h1"),
        $"enable health {server}",
        $"enable server {server}",
        // Whoever leaves maintenance would be out with its first failed check, whatever 'fall' says: one that comes a second late on a busy machine.
        $"set server {server} health up",
    ];

    /// <summary>How it is forgotten once it is gone.</summary>
    public static IReadOnlyList<string> Leave(string server) => [$"disable server {server}", $"del server {server}"];

    /// <summary>For <c>--show-config</c>: the file, and how instances join.</summary>
    public static string Show(ReadinessRule ready, bool http2)
    {
        IEnumerable<string> join = Join($"{Backend}/i1", "127.0.0.1:PORT").Concat(http2 ? Join($"{Http2Backend}/i1", "127.0.0.1:HTTP2-PORT", "PORT") : []);
        return Render("FOLDER", "PORT", http2 ? "HTTP2-PORT" : null, ready) + Environment.NewLine
            + $"# Each instance joins over the administration socket:{Environment.NewLine}"
            + string.Concat(join.Select(static line => $"#   {line}{Environment.NewLine}"));
    }

    /// <param name="http2Port">Where HTTP/2 comes in; <see langword="null"/> when nobody sends any.</param>
    public static string Render(string folder, string port, string? http2Port, ReadinessRule ready) => $"""
        global
            log stdout format raw local0 info
            stats socket {folder}/admin mode 600 level admin
            maxconn 8000

        defaults
            mode http
            retries 0
            timeout connect 2s
            timeout client 1h
            timeout server 1h
            timeout tunnel 1h
            timeout check 1s

        frontend clients
            bind 127.0.0.1:{port} backlog 4096
            http-after-response set-header {WireDefaults.ServerHeader} %[srv_name]
            default_backend {Backend}

        backend {Backend}
            log global
            balance random
        {Check(ready)}{(http2Port is null ? "" : RenderHttp2(http2Port, ready))}
        """;

    private static string RenderHttp2(string port, ReadinessRule ready) => $"""

        frontend clients-http2
            bind 127.0.0.1:{port} proto h2 backlog 4096
            http-after-response set-header {WireDefaults.ServerHeader} %[srv_name]
            default_backend {Http2Backend}

        backend {Http2Backend}
            log global
            balance random
        {Check(ready, userAgent: "haproxy-http2")}
        """;

    // Without a path on the instance's own port there is nothing to ask for: HAProxy then only connects.
    private static string Check(ReadinessRule ready, string userAgent = "haproxy") => ready is { Kind: ReadinessKind.Http, Value: ['/', ..] path }
        ? $"    option httpchk GET {path}\n    http-check send hdr User-Agent {userAgent}\n    http-check expect status 200-499\n"
        : "    # No path to ask for (--ready): each check is a connection.\n";
}
