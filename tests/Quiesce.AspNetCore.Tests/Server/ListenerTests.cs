using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Server;

public sealed class ListenerTests
{
    [Fact]
    public async Task Close_TwoPortsAndAUnixSocket_AllAreClosedAndTheirRequestsDrain()
    {
        using var folder = new TemporaryFolder();
        var (seen, finish) = (new Lines(), Completion.New());
        var path = new UnixDomainSocketEndPoint(Path.Combine(folder.Path, "web"));
        await using WebUnderTest web = await WebUnderTest.StartAsync(
            app => app.MapGet("/slow/{i}", async (string i) =>
            {
                seen.Add($"slow {i}");
                await finish.Task;
                return "done";
            }),
            builder => builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0);
                kestrel.Listen(IPAddress.Loopback, 0);
                kestrel.ListenUnixSocket(path.ToString());
            }));
        EndPoint[] all = [.. web.Urls.Where(static url => !url.Contains("unix", StringComparison.Ordinal))
            .Select(static url => new IPEndPoint(IPAddress.Loopback, new Uri(url).Port)), path];
        RawClient[] clients = await Task.WhenAll(all.Select(RawClient.ConnectAsync));
        for (int i = 0; i < clients.Length; i++)
        {
            await clients[i].SendAsync($"/slow/{i}");
            await seen.ContainingAsync($"slow {i}");
        }

        Assert.Contains("web server (listeners: new connections kept out, queue emptied; queue emptied)", web.Shutdown.Plan.ToString(), StringComparison.Ordinal);
        await web.AnnounceAsync();
        await web.CloseAsync();

        Assert.Contains("Listeners closed: 3 (new connections kept out, queue emptied; queue emptied)", web.Process.Logs.Lines.All, StringComparison.Ordinal);
        Assert.Equal(3, all.Length);
        foreach (EndPoint endpoint in all) { await Assert.ThrowsAsync<SocketException>(() => RawClient.ConnectAsync(endpoint)); }

        finish.SetResult();
        foreach (RawClient client in clients)
        {
            Assert.Contains("done", await client.ReadAsync(), StringComparison.Ordinal);
            client.Dispose();
        }

        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task Transport_IsRegisteredAfterUs_IsRefusedAtStartupInWords()
    {
        // UseSockets adds its own only where there is none yet, which is harmless; this is what other transports do.
        static void AddTransport(WebApplicationBuilder builder) =>
            builder.Services.AddSingleton<IConnectionListenerFactory, SocketTransportFactory>();

        ShutdownConfigurationException refusal = await WebUnderTest.RefusalAsync(AddTransport);

        Assert.Contains("'SocketTransportFactory' was registered after AddGracefulShutdown", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Call AddGracefulShutdown after UseKestrel, UseSockets", refusal.Message, StringComparison.Ordinal);
    }
}
