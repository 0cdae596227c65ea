using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quiesce.Hosting.Registration;

namespace Quiesce.Hosting.Lifetime;

/// <summary>One run of a host, from start to disposal, that ends even when the host's own stop does not.</summary>
internal sealed partial class HostRun(IHost host)
{
    // Set once the shutdown is over: what fails after that is added to its report.
    private ProcessShutdown? _ended;

    /// <summary>Whether somebody else runs the entry point, and needs the exception: a test, a tool.</summary>
    private bool IsPassive => Lifetime is GracefulHostLifetime lifetime && lifetime.WhyPassive() is not null;

    private IHostLifetime Lifetime => host.Services.GetRequiredService<IHostLifetime>();

    private IHostApplicationLifetime Application => host.Services.GetRequiredService<IHostApplicationLifetime>();

    public async Task<int> RunAsync()
    {
        IServiceProviderIsService known = host.Services.GetRequiredService<IServiceProviderIsService>();
        if (!known.IsService(typeof(GracefulShutdown)))
        {
            throw new InvalidOperationException("RunGracefullyAsync needs AddGracefulShutdown on the host's builder.");
        }

        if (DesignTimeTool.Replaced(Lifetime))
        {
            await host.RunAsync().ConfigureAwait(false);
            return ShutdownExitCode.Clean;
        }

        int exitCode;
        try
        {
            exitCode = await RunToTheEndAsync().ConfigureAwait(false);
        }
        catch (ShutdownConfigurationException mistake) when (!IsPassive)
        {
            Say(mistake.Message);
            exitCode = ShutdownExitCode.StartupAborted;
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return await DisposeAsync(exitCode).ConfigureAwait(false);
    }

    /// <summary>For the person who starts the service: what is wrong, and no log that may be gone.</summary>
    private static void Say(string message)
    {
        // Standard error may be closed; the exit code says enough then.
        try { Console.Error.WriteLine(message); }
        catch (IOException) { return; }
    }

    private async Task StartAsync()
    {
        // A lifetime that displaced ours will not check, and the host would log the check's refusal with a stack trace.
        if (Lifetime is not GracefulHostLifetime) { host.Services.GetRequiredService<StartupCheck>().Run(); }

        try
        {
            await host.StartAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Application.ApplicationStopping.IsCancellationRequested)
        {
            Log.StoppedDuringStartup(ShutdownServices.Logger(host.Services));
        }
    }

    private async Task<int> RunToTheEndAsync()
    {
        await StartAsync().ConfigureAwait(false);
        ProcessShutdown process = host.Services.GetRequiredService<ProcessShutdown>();
        ILogger logger = ShutdownServices.Logger(host.Services);

        // The host's stop waits for the coordinator, and the coordinator gives a hung stop up: whichever ends, Release is over.
        Task stopped = host.WaitForShutdownAsync();
        Task<ShutdownReport> completion = process.Shutdown.Completion;
        await Task.WhenAny(stopped, completion).ConfigureAwait(false);
        ShutdownReport report = await completion.ConfigureAwait(false);
        _ended = process;
        bool hostHangs = report.Participants.Any(static part =>
            part is { Name: HostParticipant.ParticipantName, Outcome: StepOutcome.Abandoned });
        if (hostHangs) { return process.ExitCodeOf(report); }

        try
        {
            await stopped.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Log.HostStopFailed(logger, error);
            return await process.AmendAsync(
                ShutdownExitCode.ReleaseFailed, HostParticipant.ParticipantName, ShutdownPhase.Release, error).ConfigureAwait(false);
        }

        return FailedService() is { } service
            ? await process.AmendAsync(
                ShutdownExitCode.ProgramFailed, NameOf(service), ShutdownPhase.Running, service.ExecuteTask!.Exception!.InnerException!)
                .ConfigureAwait(false)
            : process.ExitCodeOf(report);
    }

    /// <summary>The wrapper is ours, and says nothing to whoever looks for what failed.</summary>
    private static string NameOf(BackgroundService service) => service is StopsAtClose wrapper ? wrapper.Name : service.GetType().Name;

    /// <summary>The host stops when a background service fails, logs it, and says nothing about it in its exit code: a restart policy
    /// would take the end for a wanted one.</summary>
    private BackgroundService? FailedService() =>
        host.Services.GetRequiredService<IOptions<HostOptions>>().Value.BackgroundServiceExceptionBehavior == BackgroundServiceExceptionBehavior.StopHost
            ? host.Services.GetServices<IHostedService>().OfType<BackgroundService>().FirstOrDefault(static service => service.ExecuteTask is { IsFaulted: true })
            : null;

    /// <summary>A disposal that throws is a release that failed. Unhandled, it would end the process by SIGABRT and hide the exit code.</summary>
    private async Task<int> DisposeAsync(int exitCode)
    {
        bool isPassive = IsPassive; // nobody can be asked afterwards
        try
        {
            await DisposeAsync().ConfigureAwait(false);
            return exitCode;
        }
        catch (Exception error) when (!isPassive)
        {
            int amended = _ended is { } process
                ? await process.AmendAsync(ShutdownExitCode.ReleaseFailed, HostParticipant.ParticipantName, ShutdownPhase.Exit, error)
                    .ConfigureAwait(false)
                : exitCode;
            Say($"Quiesce: the host could not be disposed, exit code {amended}. {error}"); // the log may be disposed of
            return amended;
        }
    }

    private async ValueTask DisposeAsync()
    {
        if (host is IAsyncDisposable disposable) { await disposable.DisposeAsync().ConfigureAwait(false); }
        else { host.Dispose(); }
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.StoppedDuringStartup, LogLevel.Warning, "The host was stopped before it had started.")]
        public static partial void StoppedDuringStartup(ILogger logger);

        [LoggerMessage(LogEvents.HostStopFailed, LogLevel.Error, "A hosted service failed to stop.")]
        public static partial void HostStopFailed(ILogger logger, Exception error);
    }
}
