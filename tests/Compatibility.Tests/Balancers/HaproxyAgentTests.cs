using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Compatibility.Tests.Balancers;

/// <summary>The real HAProxy asks our agent.</summary>
public sealed class HaproxyAgentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Size", "Full")]
    public async Task Haproxy_ServiceLeaves_DrainsItOnTheAgentsWord()
    {
        // Arrange
        await DebianPackages.RequireAsync("haproxy", "haproxy");
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(
            static builder => builder.WebHost.ConfigureKestrel(static kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0);
                kestrel.Listen(IPAddress.Loopback, 0, static listener => listener.UseAsAgentCheck());
            }),
            static app => app.MapGet("/", static (SlowRequest slow) => slow.WorkAsync()));
        int[] ports = [.. service.Addresses.Select(static address => new Uri(address).Port)];
        await using ChildProcess haproxy = Start(ports[0], ports[1]);
        await StatusAsync(haproxy, "no check"); // it asks nothing but the agent, who has said "ready up"
        Task<string> answering = service.Client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        await service.Slow.Begun.OrHang();

        // Act
        await service.TerminateAsync();

        // Assert: while the request is still in flight
        await StatusAsync(haproxy, "DRAIN (agent)");
        service.Slow.Finish();
        Assert.Equal(SlowRequest.Answer, await answering.OrHang());
        await service.AssertLeftAsync(inFlightAtSignal: 1);
    }

    private ChildProcess Start(int port, int agentPort)
    {
        string configuration = Path.Combine(_folder.Path, "haproxy.cfg");
        File.WriteAllText(configuration, $"""
            global
              stats socket {_folder.Path}/stats level operator
            defaults
              mode http
              timeout connect 1s
              timeout client 5s
              timeout server 5s
            frontend in
              bind unix@{_folder.Path}/in
              default_backend shop
            backend shop
              server one 127.0.0.1:{port} agent-check agent-port {agentPort} agent-inter 100ms

            """);
        return ChildProcess.StartCommand(["/usr/sbin/haproxy", "-db", "-f", configuration], new Dictionary<string, string>());
    }

    /// <summary>Waits until HAProxy says so of the server.</summary>
    private async Task StatusAsync(ChildProcess haproxy, string wanted)
    {
        string seen = "";
        for (long began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < TestTimeouts.Hang;)
        {
            seen = await AskAsync();
            if (seen == wanted) { return; }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Assert.Fail($"HAProxy says '{seen}' and not '{wanted}':\n{haproxy.Output.All}");
    }

    private async Task<string> AskAsync()
    {
        const int Status = 17; // of "show stat", which is a table of comma-separated values
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try { await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(_folder.Path, "stats"))); }
        catch (SocketException) { return "not there yet"; }

        await socket.SendAsync(Encoding.ASCII.GetBytes("show stat\n"));
        using var reader = new StreamReader(new NetworkStream(socket));
        string table = await reader.ReadToEndAsync();
        return table.Split('\n').Single(static line => line.StartsWith("shop,one,", StringComparison.Ordinal)).Split(',')[Status];
    }
}
