using Quiesce.Cli.Rehearse.Wire;

namespace Quiesce.Cli.Rehearse.Balancers.Proxies;

/// <summary>What nginx is told, in its own language.</summary>
/// <remarks>
/// <para>Without retries (<c>proxy_next_upstream off</c>) and without passive marking (<c>max_fails=0</c>): either would hide what the
/// program lost. Nothing is buffered, so what the program cuts is cut for the client as well.</para>
/// <para>Clients' connections are not kept (<c>keepalive_timeout 0</c>): nginx closes idle ones at each reload, and a request that
/// crosses such a close is nginx's loss, not the program's. Connections to the program are kept and used again.</para>
/// <para>HTTP/2 comes in at a port of its own, because without TLS this nginx speaks one or the other there, and goes out as HTTP/1.1: nginx speaks no
/// other to whatever it fronts. There connections are kept: before nginx closes one it says GOAWAY, and what crosses that is sent again.</para>
/// </remarks>
internal static class NginxConfiguration
{
    /// <summary>For <c>--show-config</c>.</summary>
    public static string Show(bool http2) => Render("FOLDER", "PORT", http2 ? "HTTP2-PORT" : null, ["127.0.0.1:PORT"], user: null);

    /// <param name="http2Port">Where HTTP/2 comes in; <see langword="null"/> when nobody sends any.</param>
    /// <param name="user">Whom its worker runs as, which root has to say: the folder is readable by us alone.</param>
    public static string Render(string folder, string port, string? http2Port, IEnumerable<string> instances, string? user) => $$"""
        daemon off;
        {{(user is null ? "" : $"user {user};")}}
        worker_processes 1;
        pid {{folder}}/nginx.pid;
        error_log stderr notice;
        events { worker_connections 8000; }

        http {
            access_log off;
            client_max_body_size 0;
            client_body_temp_path {{folder}}/body;
            proxy_temp_path {{folder}}/proxy;
            fastcgi_temp_path {{folder}}/fastcgi;
            uwsgi_temp_path {{folder}}/uwsgi;
            scgi_temp_path {{folder}}/scgi;

            map $http_upgrade $connection_to_program { default upgrade; '' ''; }

            upstream program {
                random;
        {{string.Concat(instances.Select(static instance => $"        server {instance} max_fails=0;\n"))}}        keepalive 32;
            }

            proxy_http_version 1.1;
            proxy_set_header Connection $connection_to_program;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Host $http_host;
            proxy_connect_timeout 2s;
            proxy_read_timeout 1h;
            proxy_send_timeout 1h;
            proxy_next_upstream off;
            proxy_buffering off;
            proxy_request_buffering off;
            add_header {{WireDefaults.ServerHeader}} $upstream_addr always;

            server {
                listen 127.0.0.1:{{port}} backlog=4096;
                keepalive_timeout 0;
                location / { proxy_pass http://program; }
            }
        {{(http2Port is null ? "" : RenderHttp2(http2Port))}}
        }

        """;

    private static string RenderHttp2(string port) => $$"""
            server {
                listen 127.0.0.1:{{port}} http2 backlog=4096;
                location / { proxy_pass http://program; }
            }
        """;
}
