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
    public void Host(IHostApplicationBuilder builder, TimeProvider? time = null)
    {
        builder.Services.AddSingleton(time is null ? Owner : new ProcessOwner(Signals, End, time));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Debug);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider>(Logs));
    }
}
