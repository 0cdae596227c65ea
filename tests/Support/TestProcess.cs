using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Quiesce.TestSupport;

/// <summary>A process that exists only for one test: its signals, its end, its log, and its clock.</summary>
internal sealed class TestProcess
{
    public TestProcess(bool terminalAttached = false)
    {
        Signals = new FakeSignals { TerminalAttached = terminalAttached };
        Owner = new ProcessOwner(Signals, End, TimeProvider.System);
    }

    public FakeSignals Signals { get; }

    public FakeProcessEnd End { get; } = new();

    public CapturedLogs Logs { get; } = new();

    public ProcessOwner Owner { get; }

    /// <summary>Makes a host live in this process. Before AddGracefulShutdown.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="time">A clock to move by hand; <see langword="null"/> is real time.</param>
    public void Host(IHostApplicationBuilder builder, TimeProvider? time = null) => Host(builder.Services, time);

    /// <summary>Makes a host live in this process that another kind of builder builds.</summary>
    public void Host(IServiceCollection services, TimeProvider? time = null)
    {
        services.AddSingleton(time is null ? Owner : new ProcessOwner(Signals, End, time));
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddLogging(static logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Debug));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider>(Logs));
    }
}
