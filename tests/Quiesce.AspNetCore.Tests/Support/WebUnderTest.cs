using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quiesce.AspNetCore.Requests;
using Quiesce.Testing;

namespace Quiesce.AspNetCore.Tests.Support;

/// <summary>A web application on real sockets, in a process and on a clock that the test plays.</summary>
internal sealed class WebUnderTest : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Task<int> _run;
    private readonly WorkTracker _requests;

    private WebUnderTest(TestProcess process, ManualTimeProvider time, WebApplication application, Task<int> run)
    {
        (Process, Time, _application, _run) = (process, time, application, run);
        Shutdown = application.Services.GetRequiredService<GracefulShutdown>();
        _requests = application.Services.GetRequiredService<RequestTracker>().Requests;
        Stopping = application.Lifetime.ApplicationStopping;
    }

    public TestProcess Process { get; }

    public ManualTimeProvider Time { get; }

    public GracefulShutdown Shutdown { get; }

    public IServiceProvider Services => _application.Services;

    public CancellationToken Stopping { get; }

    public int RequestsInFlight => _requests.InFlight;

    /// <summary>Gets the exit code of the run, and what the shutdown had to say.</summary>
    public async Task AssertExitCodeAsync(int expected)
    {
        try { await _run.OrHang(); }
        catch (TimeoutException) { Assert.Fail($"It does not end:\n{Process.Logs.Lines.All}"); }

        int exitCode = await _run;
        Assert.True(exitCode == expected, $"Exit code {exitCode}:\n{Process.Logs.Lines.All}");
    }

    public int Port => new Uri(_application.Urls.Single()).Port;

    /// <summary>Gets where it listens, for a test that configures more than one listener.</summary>
    public IEnumerable<string> Urls => _application.Urls;

    /// <summary>Serves with a grace of 30 s: announce 10 s, cut after 20 s.</summary>
    public static async Task<WebUnderTest> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? configure = null, Action<WebApplicationBuilder>? before = null)
    {
        (TestProcess process, ManualTimeProvider time) = (new TestProcess(), new ManualTimeProvider());
        WebApplication application = Build(process, time, configure, before);
        application.MapShutdownHealth();
        map(application);
        var started = Completion.New();
        application.Lifetime.ApplicationStarted.Register(started.SetResult);
        Task<int> run = application.RunGracefullyAsync();
        await Task.WhenAny(started.Task, run).OrHang();
        return new WebUnderTest(process, time, application, run);
    }

    /// <summary>Starts an application that must not start, without our <c>RunGracefullyAsync</c>, which would turn the refusal into an exit code.</summary>
    public static async Task<ShutdownConfigurationException> RefusalAsync(Action<WebApplicationBuilder> configure)
    {
        await using WebApplication application = Build(new TestProcess(), new ManualTimeProvider(), configure, before: null);
        return await Assert.ThrowsAsync<ShutdownConfigurationException>(() => application.RunAsync().OrHang());
    }

    public Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Port);

    /// <summary>Sends SIGTERM and waits until the announce has begun.</summary>
    public Task AnnounceAsync() => AnnounceAsync(until: TimeSpan.FromSeconds(10));

    /// <summary>Sends SIGTERM and waits until the announce waits for an instant of the clock.</summary>
    public async Task AnnounceAsync(TimeSpan until)
    {
        Terminate();
        await Time.WaitForTimerAsync(until).OrHang();
    }

    public void Terminate() => Process.Signals.Raise(ShutdownSignal.Terminate);

    /// <summary>Ends the announce and waits until the listeners are closed and the drain has begun.</summary>
    public async Task CloseAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(10));
        await Process.Logs.Lines.ContainingAsync("Drain began");
    }

    /// <summary>Moves the clock to the cut.</summary>
    public async Task CutAsync()
    {
        await Time.WaitForTimerAsync(TimeSpan.FromSeconds(20)).OrHang();
        Time.Advance(TimeSpan.FromSeconds(10));
        await Process.Logs.Lines.ContainingAsync("Drain deadline reached");
    }

    /// <summary>After the close at 10 s: moves the clock to where long-lived requests are no longer asked, then to their limit.</summary>
    public async Task EndFarewellAsync()
    {
        await Time.WaitForTimerAsync(TimeSpan.FromSeconds(13.75)).OrHang();
        Time.Advance(TimeSpan.FromSeconds(3.75));
        await Time.WaitForTimerAsync(TimeSpan.FromSeconds(15)).OrHang();
        Time.Advance(TimeSpan.FromSeconds(1.25));
    }

    /// <summary>Waits until the host stops, and with it the server.</summary>
    public async Task StoppingAsync()
    {
        var stopping = Completion.New();
        using CancellationTokenRegistration registration = Stopping.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), stopping);
        await stopping.Task.OrHang();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_run.IsCompleted) { _application.Lifetime.StopApplication(); }

        await _application.DisposeAsync();
    }

    private static WebApplication Build(TestProcess process, ManualTimeProvider time, Action<WebApplicationBuilder>? configure, Action<WebApplicationBuilder>? before)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        process.Host(builder, time);
        before?.Invoke(builder);
        builder.AddGracefulShutdown();
        configure?.Invoke(builder);
        return builder.Build();
    }
}
