using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Quiesce.Hosting.Tests.Lifetime;

/// <summary>A host in a process that a test plays.</summary>
internal sealed class HostUnderTest : IDisposable
{
    private readonly IHost _host;

    private HostUnderTest(TestProcess process, IHost host)
    {
        Process = process;
        _host = host;

        // Kept: the run disposes the host, and the test looks afterwards.
        Application = Services.GetRequiredService<IHostApplicationLifetime>();
        Shutdown = Services.GetRequiredService<GracefulShutdown>();
        Events = Services.GetRequiredService<Lines>();
    }

    public TestProcess Process { get; }

    public IServiceProvider Services => _host.Services;

    public IHostApplicationLifetime Application { get; }

    public GracefulShutdown Shutdown { get; }

    /// <summary>Gets what happened, in order.</summary>
    public Lines Events { get; }

    /// <summary>Gets the exit code of the run; only after <see cref="StartAsync"/>.</summary>
    public Task<int> ExitCode { get; private set; } = Task.FromResult(-1);

    public static HostUnderTest Build(
        Action<IHostApplicationBuilder>? configure = null, TimeProvider? time = null, Action<IHostApplicationBuilder>? before = null, TestProcess? process = null)
    {
        process ??= new TestProcess();
        HostApplicationBuilder builder = NewBuilder();
        process.Host(builder, time);
        builder.Services.AddSingleton(new Lines());
        before?.Invoke(builder);
        builder.AddGracefulShutdown();
        configure?.Invoke(builder);
        return new HostUnderTest(process, builder.Build());
    }

    public static HostApplicationBuilder NewBuilder() => Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });

    /// <summary>Runs the host as a program does, and waits until it has started.</summary>
    public async Task<HostUnderTest> StartAsync()
    {
        var started = Completion.New();
        Application.ApplicationStarted.Register(() => started.TrySetResult());
        ExitCode = _host.RunGracefullyAsync();
        await Task.WhenAny(started.Task, ExitCode).OrHang();
        if (ExitCode.IsFaulted) { await ExitCode; }

        return this;
    }

    public Task<int> RunAsync() => _host.RunGracefullyAsync();

    /// <summary>Runs the host without us, and expects that the start is refused.</summary>
    public Task<ShutdownConfigurationException> RefusalAsync() =>
        Assert.ThrowsAsync<ShutdownConfigurationException>(() => _host.RunAsync().OrHang());

    public void Dispose() => _host.Dispose();
}
