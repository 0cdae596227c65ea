using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Compatibility.Tests.Support;

/// <summary>A service as somebody has built it, on real sockets, in a process that the test plays.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    private readonly IHost _host;

    private ServiceUnderTest(IHost host, TestProcess process)
    {
        (_host, Process) = (host, process);
        Shutdown = host.Services.GetRequiredService<GracefulShutdown>();
    }

    public TestProcess Process { get; }

    public GracefulShutdown Shutdown { get; }

    public HttpClient Client { get; } = new();

    /// <summary>Gets where it listens; <see cref="Client"/> knows the first.</summary>
    public ICollection<string> Addresses => _host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    /// <summary>Gets the request that the handlers of a test work on.</summary>
    public SlowRequest Slow => _host.Services.GetRequiredService<SlowRequest>();

    public Task<int> ExitCode { get; private set; } = Task.FromResult(-1);

    /// <summary>Starts a service of a builder that is a <see cref="WebApplicationBuilder"/>, without an announce: nobody balances here.</summary>
    public static Task<ServiceUnderTest> StartAsync(
        Action<WebApplicationBuilder> configure, Action<WebApplication> map, WebApplicationBuilder? builder = null, TestProcess? process = null)
    {
        builder ??= WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        process ??= new TestProcess();
        process.Host(builder);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<SlowRequest>();
        configure(builder);
        builder.AddGracefulShutdown(WithoutAnnounce);
        WebApplication application = builder.Build();
        map(application);
        return StartAsync(application, process);
    }

    /// <summary>Starts any host that has a server.</summary>
    public static async Task<ServiceUnderTest> StartAsync(IHost host, TestProcess process)
    {
        var service = new ServiceUnderTest(host, process);
        var started = Completion.New();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => started.TrySetResult());
        service.ExitCode = host.RunGracefullyAsync();
        if (await Task.WhenAny(started.Task, service.ExitCode).OrHang() == service.ExitCode)
        {
            Assert.Fail($"It did not start, exit code {await service.ExitCode}:\n{process.Logs.Lines.All}");
        }

        service.Client.BaseAddress = new Uri(service.Addresses.First());
        return service;
    }

    public static void WithoutAnnounce(GracefulShutdownOptions options) => options.Announce.Maximum = TimeSpan.Zero;

    /// <summary>Sends SIGTERM and waits until the service waits for what is in flight.</summary>
    public async Task TerminateAsync()
    {
        Process.Signals.Raise(ShutdownSignal.Terminate);
        await Process.Logs.Lines.ContainingAsync("Drain began");
    }

    /// <summary>Sends SIGTERM in the middle of a request.</summary>
    /// <returns>Its answer.</returns>
    public async Task<HttpResponseMessage> GetAcrossTheSignalAsync(string path)
    {
        SlowRequest slow = Slow;
        Task<HttpResponseMessage> answering = Client.GetAsync(new Uri(path, UriKind.Relative));
        await Task.WhenAny(slow.Begun, answering).OrHang();
        await TerminateAsync();
        Assert.False(ExitCode.IsCompleted);
        slow.Finish();
        return await answering.OrHang();
    }

    /// <summary>The service left as it should: the requests were counted once each, and out again.</summary>
    public async Task AssertLeftAsync(int inFlightAtSignal)
    {
        int exitCode = await ExitCode.OrHang();
        Assert.True(exitCode == ShutdownExitCode.Clean, $"Exit code {exitCode}:\n{Process.Logs.Lines.All}");
        Assert.Equal(inFlightAtSignal, (await Shutdown.Completion).InFlightAtSignal);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!ExitCode.IsCompleted) { await _host.StopAsync().OrHang(); }
    }
}
