using Quiesce.Cli.Rehearse.Readiness;

namespace Quiesce.Cli.Rehearse.Balancers.Proxies;

/// <summary>What HAProxy is told, in its own language.</summary>
/// <remarks>
/// <para>Without retries and without redispatching: a proxy that tries again elsewhere hides what the program lost. Health checks each
/// 500 ms, two failed ones take an instance out: that, and nothing else, is how it learns that an instance leaves.</para>
/// <para>Instances join at run time over the administration socket, as HAProxy's own Kubernetes controllers do it.</para>
/// </remarks>
internal static class HaproxyConfiguration
{
    public const string Backend = "program";

    /// <summary>The header that names the instance, also on answers of HAProxy's own.</summary>
    public const string ServerHeader = "Quiesce-Server";

    /// <summary>How one instance joins; a line for the administration socket each.</summary>
    public static IReadOnlyList<string> Join(string server, string address) =>
    [
        $"add server {Backend}/{server} {address} check inter 500 fall 2 rise 1",
        $"enable health {Backend}/{server}",
        $"enable server {Backend}/{server}",
    ];

    /// <summary>How it is forgotten once it is gone.</summary>
    public static IReadOnlyList<string> Leave(string server) => [$"disable server {Backend}/{server}", $"del server {Backend}/{server}"];

    /// <summary>For <c>--show-config</c>: the file, and how instances join.</summary>
    public static string Show(ReadinessRule ready) =>
        Render("FOLDER", "PORT", ready) + Environment.NewLine
        + $"# Each instance joins over the administration socket:{Environment.NewLine}"
        + string.Concat(Join("i1", "127.0.0.1:PORT").Select(static line => $"#   {line}{Environment.NewLine}"));

    public static string Render(string folder, string port, ReadinessRule ready) => $"""
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
            http-after-response set-header {ServerHeader} %[srv_name]
            default_backend {Backend}

        backend {Backend}
            log global
            balance random
        {Check(ready)}
        """;

    // Without a path on the instance's own port there is nothing to ask for: HAProxy then only connects.
    private static string Check(ReadinessRule ready) => ready is { Kind: ReadinessKind.Http, Value: ['/', ..] path }
        ? $"    option httpchk GET {path}\n    http-check expect status 200-499\n"
        : "    # No path to ask for (--ready): each check is a connection.\n";
}
